package io.pipewright.plan;

import io.pipewright.definition.PipelineDefinition;
import io.pipewright.spi.stage.CheckType.OutsideQuestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline whose every edge, expression and column has a type: what the translator builds.
 *
 * @param nodes in topological order; entries that do not depend on each other stand as in the file
 * @param checks by id, what asks the outside world before a submission
 */
public record LogicalGraph(
        PipelineDefinition definition, List<LogicalNode> nodes, Map<String, OutsideQuestion> checks) {

    public LogicalGraph {
        nodes = List.copyOf(nodes);
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    public LogicalNode node(String id) {
        return nodes.stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No entry `" + id + "`."));
    }
}
