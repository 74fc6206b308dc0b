package io.pipewright.app;

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
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a picture of a pipeline shows, whatever it is drawn with. */
record GraphPicture(String title, List<Box> boxes, List<Arrow> arrows) {

    /** Options that tell two entries of one type apart, in the order in which they are shown. */
    private static final List<String> SHOWN = List.of(
            "keyBy",
            "window",
            "allowedLateness",
            "within",
            "ttl",
            "order",
            "rateLimit",
            "topics",
            "topic",
            "table",
            "path");

    GraphPicture {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /**
     * An entry.
     *
     * @param details a line each: options, notes of its plan, and which of its ports nobody reads
     */
    record Box(String id, StageInfo.Kind kind, String type, List<String> details) {}

    /**
     * A port that an entry reads.
     *
     * @param label the port and, for a second input, its name; empty for the main output read by {@code from}
     * @param loss whether it carries what was not processed
     * @param fields name and type of each field, for one who asks
     */
    record Arrow(String from, String to, String label, boolean loss, String fields) {}

    static GraphPicture of(LogicalGraph graph) {
        Map<String, JsonNode> written = written(graph);
        List<Box> boxes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        for (LogicalNode node : graph.nodes()) {
            JsonNode options = written.getOrDefault(node.id(), new ObjectMapper().createObjectNode());
            StageInfo info = node.entry().type().info();
            boxes.add(new Box(node.id(), info.kind(), info.name(), details(node, options, graph)));
            for (LogicalInput input : node.inputs()) {
                input.ports().forEach(port -> arrows.add(arrow(port, node.id(), input, graph)));
            }
        }
        return new GraphPicture(graph.definition().name(), boxes, arrows);
    }

    private static Arrow arrow(PortId port, String reader, LogicalInput input, LogicalGraph graph) {
        LogicalNode origin = graph.node(port.entry());
        boolean second = !input.name().equals(StagePlan.FROM);
        String label = port.port() + (second ? (port.port().isEmpty() ? "" : " ") + "as " + input.name() : "");
        RecordType type = type(origin, port.port());
        String fields = type.fields().stream()
                .map(field -> field.name() + ": " + field.text())
                .collect(Collectors.joining(", "));
        return new Arrow(port.entry(), reader, label, isLoss(origin, port.port()), fields);
    }

    private static RecordType type(LogicalNode origin, String port) {
        RecordType read = origin.outputTypes().get(port);
        return read == null ? FailureRecord.TYPE : read;
    }

    private static boolean isLoss(LogicalNode origin, String port) {
        return port.equals(OutputPort.ERRORS)
                || origin.plan().outputs().stream()
                        .anyMatch(output -> output.name().equals(port) && output.kind() == PortKind.LOSS);
    }

    private static List<String> details(LogicalNode node, JsonNode options, LogicalGraph graph) {
        List<String> details = new ArrayList<>();
        for (String name : SHOWN) {
            if (options.has(name)) {
                details.add(
                        name + ": " + text(options.get(name), graph.definition().vars()));
            }
        }
        details.addAll(node.plan().notes());
        List<String> unread = unread(node, graph);
        if (!unread.isEmpty()) {
            details.add("unread: " + String.join(", ", unread));
        }
        return details;
    }

    private static List<String> unread(LogicalNode node, LogicalGraph graph) {
        List<String> ports = new ArrayList<>();
        node.plan().outputs().stream().map(OutputPort::name).forEach(ports::add);
        if (node.entry().type().info().errors()) {
            ports.add(OutputPort.ERRORS);
        }
        return ports.stream()
                .filter(port -> graph.nodes().stream()
                        .flatMap(reader -> reader.inputs().stream())
                        .noneMatch(input -> input.ports().contains(new PortId(node.id(), port))))
                .map(port -> port.isEmpty() ? "results" : "." + port)
                .toList();
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
