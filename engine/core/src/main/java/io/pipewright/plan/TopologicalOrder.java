package io.pipewright.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Puts entries into an order in which each stands behind all it reads, but for those on a cycle. */
final class TopologicalOrder {

    private final Map<String, Set<String>> reads = new LinkedHashMap<>();
    private final Set<String> done = new LinkedHashSet<>();
    private final Set<String> onCycles = new LinkedHashSet<>();
    private final List<String> path = new ArrayList<>();
    private final Consumer<List<String>> onCycle;

    private TopologicalOrder(Consumer<List<String>> onCycle) {
        this.onCycle = onCycle;
    }

    /**
     * The order; of a cycle, the entry that is reached first stands last.
     *
     * @param onCycle called once for each cycle found, with the ids on it in reading order
     */
    static List<String> of(Map<String, List<LogicalInput>> inputs, Consumer<List<String>> onCycle) {
        TopologicalOrder order = new TopologicalOrder(onCycle);
        inputs.forEach((id, of) -> {
            Set<String> sources = new LinkedHashSet<>();
            of.forEach(input -> input.ports().forEach(port -> sources.add(port.entry())));
            sources.retainAll(inputs.keySet());
            order.reads.put(id, sources);
        });
        order.reads.keySet().forEach(order::visit);
        return List.copyOf(order.done);
    }

    private void visit(String id) {
        int at = path.indexOf(id);
        if (at >= 0) {
            List<String> cycle = List.copyOf(path.subList(at, path.size()));
            if (onCycles.addAll(cycle)) {
                onCycle.accept(cycle);
            }
        } else if (!done.contains(id)) {
            path.add(id);
            reads.getOrDefault(id, Set.of()).forEach(this::visit);
            path.remove(path.size() - 1);
            done.add(id);
        }
    }
}
