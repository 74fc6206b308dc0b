package io.pipewright.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a job and the edges between them, as Flink itself derives them from the transformations: side
 * outputs, unions and partitionings are properties of edges, and a sink of Flink's own is a writer and what follows it.
 *
 * @param vertices in topological order, those that do not depend on each other as they were added to the job
 */
record JobTopology(List<Vertex> vertices) {

    JobTopology {
        vertices = List.copyOf(vertices);
    }

    /** How a vertex is run. */
    enum Role {
        /** The test feeds it; its operator does not run. */
        SOURCE,
        /** Its operator runs. */
        OPERATOR,
        /** It stands in the place of a sink: what reaches it from outside the sink is collected. */
        COLLECTOR
    }

    /**
     * An operator.
     *
     * @param uid the uid, or the name of an operator without one
     * @param sink for a collector, the name of its sink, else empty
     * @param channels the input (0 or 1) of each incoming edge
     */
    record Vertex(
            int id,
            String uid,
            Role role,
            String sink,
            StreamNode node,
            List<Integer> channels,
            List<Edge> out,
            int maxParallelism) {

        boolean runs() {
            return role == Role.OPERATOR;
        }
    }

    /**
     * An edge.
     *
     * @param channel its position among the incoming edges of the target
     * @param input the target's input that it ends at, 0 or 1
     * @param tag of the side output that it carries, null for the main output
     * @param exchange how records cross it as bytes, null where Flink may hand over the object itself
     */
    record Edge(
            int target,
            int channel,
            int input,
            @Nullable OutputTag<?> tag,
            @Nullable TypeSerializer<Object> exchange) {}

    /** The uids of the sources. */
    List<String> sources() {
        return vertices.stream()
                .filter(vertex -> vertex.role == Role.SOURCE)
                .map(Vertex::uid)
                .toList();
    }

    Vertex source(String uid) {
        return vertices.stream()
                .filter(vertex -> vertex.role == Role.SOURCE && vertex.uid.equals(uid))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The job has no source `" + uid + "`. Sources: `" + String.join("`, `", sources()) + "`."));
    }

    boolean hasSink(String name) {
        return vertices.stream().anyMatch(vertex -> vertex.role == Role.COLLECTOR && vertex.sink.equals(name));
    }

    /** @param sinkOf the name of the sink that an operator belongs to by its uid, empty if it is to be run */
    static JobTopology of(StreamGraph graph, Function<String, Optional<String>> sinkOf, int maxParallelism) {
        Map<Integer, Vertex> vertices = new LinkedHashMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            vertices.put(node.getId(), vertex(graph, node, sinkOf, maxParallelism));
        }
        for (Vertex vertex : vertices.values()) {
            List<StreamEdge> incoming = vertex.node.getInEdges();
            for (int channel = 0; channel < incoming.size(); channel++) {
                StreamEdge edge = incoming.get(channel);
                Vertex from = vertices.get(edge.getSourceId());
                if (from != null) {
                    from.out.add(edge(vertex, edge, channel));
                }
            }
        }
        return new JobTopology(sorted(vertices));
    }

    private static Vertex vertex(
            StreamGraph graph, StreamNode node, Function<String, Optional<String>> sinkOf, int maxParallelism) {
        String uid = node.getTransformationUID() == null ? node.getOperatorName() : node.getTransformationUID();
        Optional<String> sink = sinkOf.apply(uid);
        Role role = graph.getSourceIDs().contains(node.getId())
                ? Role.SOURCE
                : sink.isPresent() ? Role.COLLECTOR : Role.OPERATOR;
        List<Integer> channels =
                node.getInEdges().stream().map(edge -> input(edge)).toList();
        return new Vertex(node.getId(), uid, role, sink.orElse(""), node, channels, new ArrayList<>(), maxParallelism);
    }

    private static Edge edge(Vertex target, StreamEdge edge, int channel) {
        boolean handedOver = edge.getPartitioner() instanceof ForwardPartitioner;
        return new Edge(
                target.id,
                channel,
                input(edge),
                edge.getOutputTag(),
                handedOver ? null : serializer(target.node, input(edge)));
    }

    @SuppressWarnings("unchecked") // what crosses an edge is of the type that its target declares
    private static @Nullable TypeSerializer<Object> serializer(StreamNode target, int input) {
        TypeSerializer<?>[] serializers = target.getTypeSerializersIn();
        return input < serializers.length ? (TypeSerializer<Object>) serializers[input] : null;
    }

    /** Flink counts the inputs of an operator with two from 1, and the only input of others as 0. */
    private static int input(StreamEdge edge) {
        return Math.max(0, edge.getTypeNumber() - 1);
    }

    private static List<Vertex> sorted(Map<Integer, Vertex> vertices) {
        Map<Integer, Integer> waiting = new HashMap<>();
        List<Vertex> sorted = new ArrayList<>();
        for (Vertex vertex : vertices.values()) {
            waiting.put(vertex.id, vertex.channels.size());
            if (vertex.channels.isEmpty()) {
                sorted.add(vertex);
            }
        }
        for (int next = 0; next < sorted.size(); next++) {
            for (Edge edge : sorted.get(next).out) {
                Vertex target = vertices.get(edge.target);
                if (target != null && waiting.merge(edge.target, -1, Integer::sum) == 0) {
                    sorted.add(target);
                }
            }
        }
        return sorted;
    }
}
