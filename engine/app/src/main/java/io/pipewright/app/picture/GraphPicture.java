package io.pipewright.app.picture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.definition.VarDefinition;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalInput;
import io.pipewright.plan.LogicalNode;
import io.pipewright.plan.PortId;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PortKind;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a picture of a pipeline shows, whatever it is drawn with. */
public record GraphPicture(String title, List<Box> boxes, List<Arrow> arrows) {

    /** Options that tell two entries of one type apart, in the order in which they are shown. */
    private static final List<String> SHOWN = List.of(
            "keyBy",
            "window",
            "allowedLateness",
            "emitEvery",
            "within",
            "ttl",
            "order",
            "rateLimit",
            "topics",
            "topic",
            "table",
            "path");

    /** Copies the lists. */
    public GraphPicture {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /**
     * An entry.
     *
     * @param details a line each, {@code name: value}: options, notes of its plan, and which of its ports nobody reads
     * @param ports what it emits, {@code errors} last
     */
    record Box(String id, StageInfo.Kind kind, String type, List<String> details, List<Port> ports) {

        Box {
            details = List.copyOf(details);
            ports = List.copyOf(ports);
        }

        Port port(String name) {
            return ports.stream()
                    .filter(port -> port.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("`" + id + "` has no port `" + name + "`"));
        }
    }

    /**
     * An output of an entry.
     *
     * @param name empty for the main output
     * @param loss whether it carries what was not processed
     * @param fields name and type of each field, such as {@code channel: string}
     */
    record Port(String name, boolean loss, boolean read, List<String> fields) {

        Port {
            fields = List.copyOf(fields);
        }

        /** As pipelines refer to it: {@code routing.customers}. */
        String reference(String entry) {
            return name.isEmpty() ? entry : entry + "." + name;
        }
    }

    /**
     * A port that an entry reads.
     *
     * @param input the name of a second input, empty for the one that {@code from} is
     */
    record Arrow(String from, Port port, String to, String input) {

        /** The port and, for a second input, its name; empty for the main output read by {@code from}. */
        String label() {
            return port.name() + (input.isEmpty() ? "" : (port.name().isEmpty() ? "" : " ") + "as " + input);
        }
    }

    /** What is shown of a graph. */
    public static GraphPicture of(LogicalGraph graph) {
        Map<String, JsonNode> written = written(graph);
        Map<String, Box> boxes = new LinkedHashMap<>();
        List<Arrow> arrows = new ArrayList<>();
        for (LogicalNode node : graph.nodes()) {
            JsonNode options = written.getOrDefault(node.id(), new ObjectMapper().createObjectNode());
            StageInfo info = node.entry().type().info();
            List<Port> ports = ports(node, graph);
            boxes.put(
                    node.id(),
                    new Box(node.id(), info.kind(), info.name(), details(node, options, ports, graph), ports));
        }
        for (LogicalNode reader : graph.nodes()) {
            for (LogicalInput input : reader.inputs()) {
                String name = input.name().equals(StagePlan.FROM) ? "" : input.name();
                for (PortId read : input.ports()) {
                    Box from = Objects.requireNonNull(boxes.get(read.entry()));
                    arrows.add(new Arrow(from.id(), from.port(read.port()), reader.id(), name));
                }
            }
        }
        return new GraphPicture(graph.definition().name(), List.copyOf(boxes.values()), arrows);
    }

    private static List<Port> ports(LogicalNode node, LogicalGraph graph) {
        List<OutputPort> outputs = new ArrayList<>(node.plan().outputs());
        if (node.entry().type().info().errors()) {
            outputs.add(new OutputPort(OutputPort.ERRORS, PortKind.LOSS, FailureRecord.TYPE));
        }
        return outputs.stream()
                .map(output -> new Port(
                        output.name(),
                        output.kind() == PortKind.LOSS,
                        isRead(new PortId(node.id(), output.name()), graph),
                        output.type().fields().stream()
                                .map(field -> field.name() + ": " + field.text())
                                .toList()))
                .toList();
    }

    private static boolean isRead(PortId port, LogicalGraph graph) {
        return graph.nodes().stream()
                .flatMap(reader -> reader.inputs().stream())
                .anyMatch(input -> input.ports().contains(port));
    }

    private static List<String> details(LogicalNode node, JsonNode options, List<Port> ports, LogicalGraph graph) {
        List<String> details = new ArrayList<>();
        for (String name : SHOWN) {
            if (options.has(name)) {
                details.add(
                        name + ": " + text(options.get(name), graph.definition().vars()));
            }
        }
        details.addAll(node.plan().notes());
        String unread = ports.stream()
                .filter(port -> !port.read())
                .map(port -> port.name().isEmpty() ? "results" : "." + port.name())
                .collect(Collectors.joining(", "));
        if (!unread.isEmpty()) {
            details.add("unread: " + unread);
        }
        return details;
    }

    /** A value in one line: {@code tumbling, size 10s}. */
    private static String text(JsonNode value, Map<String, VarDefinition> vars) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(text(item, vars)));
            return items.isEmpty() ? "[]" : String.join(", ", items);
        }
        if (value.isObject()) {
            List<String> parts = new ArrayList<>();
            value.fields()
                    .forEachRemaining(part -> parts.add(
                            (part.getKey().equals("type") ? "" : part.getKey() + " ") + text(part.getValue(), vars)));
            return String.join(", ", parts);
        }
        String text = value.asText();
        for (Map.Entry<String, VarDefinition> variable : vars.entrySet()) {
            text = text.replace(
                    "${var:" + variable.getKey() + "}", variable.getValue().text());
        }
        return text;
    }

    /** The entries' options as the author wrote them, by id. */
    private static Map<String, JsonNode> written(LogicalGraph graph) {
        try {
            JsonNode pipeline = new ObjectMapper().readTree(graph.definition().resolved());
            Map<String, JsonNode> entries = new LinkedHashMap<>();
            for (String block : List.of("sources", "stages", "sinks")) {
                pipeline.path(block).fields().forEachRemaining(entry -> entries.put(entry.getKey(), entry.getValue()));
            }
            return Collections.unmodifiableMap(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The manifest's pipeline is JSON", e);
        }
    }
}
