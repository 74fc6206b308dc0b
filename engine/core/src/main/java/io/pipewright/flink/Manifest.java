package io.pipewright.flink;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalNode;
import io.pipewright.spi.stage.StageType;

/**
 * What a job keeps about itself in its state, so that a later version can tell what it would restore: the pipeline as it
 * was written, the versions of the plugins, and the signature of each entry's state.
 */
final class Manifest {

    private Manifest() {}

    /** JSON text: {@code {"pipeline": {…}, "plugins": {type: version}, "state": {uid: signature}}}. */
    static String of(LogicalGraph graph) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("pipeline", graph.definition().resolved());
        ObjectNode plugins = manifest.putObject("plugins");
        ObjectNode state = manifest.putObject("state");
        for (LogicalNode node : graph.nodes()) {
            StageType<?, ?> type = node.entry().type();
            plugins.put(type.info().name(), version(type.getClass()));
            if (!node.plan().stateSignature().isEmpty()) {
                state.put(node.entry().uid(), node.plan().stateSignature());
            }
        }
        return manifest.toString();
    }

    private static String version(Class<?> plugin) {
        String version = plugin.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
