package io.pipewright.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Puts entries into an order in which each stands behind all it reads. */
final class TopologicalOrder {

    private final Map<String, Set<String>> reads = new LinkedHashMap<>();
    private final Set<String> done = new LinkedHashSet<>();
    private final List<String> path = new ArrayList<>();
    private final Set<String> spoilt = new LinkedHashSet<>();
    private final Consumer<List<String>> onCycle;

    private TopologicalOrder(Consumer<List<String>> onCycle) {
        this.onCycle = onCycle;
    }

    /**
     * The order; entries on a cycle, or behind one or behind an entry that is not in the map, are left out.
     *
     * @param onCycle called once for each cycle found, with the ids on it in reading order
     */
    static List<String> of(Map<String, List<LogicalInput>> inputs, Consumer<List<String>> onCycle) {
        TopologicalOrder order = new TopologicalOrder(onCycle);
        inputs.forEach((id, of) -> {
            Set<String> sources = new LinkedHashSet<>();
            of.forEach(input -> input.ports().forEach(port -> sources.add(port.entry())));
            order.reads.put(id, sources);
        });
        order.reads.keySet().forEach(order::visit);
        return List.copyOf(order.done);
    }

    private boolean visit(String id) {
        if (done.contains(id)) {
            return true;
        }
        if (spoilt.contains(id) || !reads.containsKey(id)) {
            return false;
        }
        int at = path.indexOf(id);
        if (at >= 0) {
            List<String> cycle = List.copyOf(path.subList(at, path.size()));
            onCycle.accept(cycle);
            spoilt.addAll(cycle);
            return false;
        }
        path.add(id);
        boolean complete = true;
        for (String source : reads.getOrDefault(id, Set.of())) {
            complete &= visit(source);
        }
        path.remove(path.size() - 1);
        if (complete && !spoilt.contains(id)) {
            return done.add(id);
        }
        spoilt.add(id);
        return false;
    }
}
