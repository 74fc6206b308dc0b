package io.pipewright.stages.cep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as flat arrays: the edges of each of its states, each with the conditions that an event must and must not
 * meet to go along it.
 *
 * <p>The states and the order of their edges are those of Flink CEP, so that partial matches branch as they do there. A
 * step that takes several events is a chain of states, one for each event; one that may take more has, from where it has
 * enough, a way on to the next step without an event. Such a way never ends at another one like it, so the edges of the
 * next step's first state simply follow its own.
 */
final class SequenceTable {

    /** Where a match ends; it is no state of the table. */
    static final int FINAL = -1;

    private final int start;
    private final int[] firstEdge;
    private final long[] met;
    private final long[] unmet;
    private final int[] target;
    private final int[] step;
    private final boolean[] takes;
    private final boolean[] completes;

    private SequenceTable(List<Node> nodes, Node start) {
        this.start = start.state;
        firstEdge = new int[nodes.size() + 1];
        for (Node node : nodes) {
            firstEdge[node.state + 1] = firstEdge[node.state] + node.all().size();
        }
        int edges = firstEdge[nodes.size()];
        met = new long[edges];
        unmet = new long[edges];
        target = new int[edges];
        step = new int[edges];
        takes = new boolean[edges];
        completes = new boolean[edges];
        for (Node node : nodes) {
            int position = firstEdge[node.state];
            for (Edge edge : node.all()) {
                met[position] = edge.takes ? edge.bit : 0;
                unmet[position] = edge.takes ? 0 : edge.bit;
                target[position] = edge.target.state;
                step[position] = Long.numberOfTrailingZeros(edge.bit);
                takes[position] = edge.takes;
                completes[position] = edge.takes && edge.target.mayEnd();
                position++;
            }
        }
    }

    static SequenceTable of(List<Part.Step> steps) {
        List<Node> nodes = new ArrayList<>();
        Node next = new Node();
        for (int i = steps.size() - 1; i >= 0; i--) {
            next = step(steps.get(i), i, next, nodes);
        }
        return new SequenceTable(nodes, next);
    }

    /** The states of a step, from its last to its first, which is returned. */
    private static Node step(Part.Step step, int index, Node next, List<Node> nodes) {
        long bit = 1L << index;
        Integer most = step.times().max();
        int least = step.times().min();
        Node last = most == null ? loop(step, bit, next, nodes) : next;
        for (int i = least; most != null && i < most; i++) {
            Node enough = new Node(nodes, next);
            enough.take(bit, last);
            if (!step.loopStrictly()) {
                enough.ignore(bit, waiting(bit, last, nodes));
            }
            last = enough;
        }
        for (int i = 1; i < least; i++) {
            Node tooFew = new Node(nodes, null);
            tooFew.take(bit, last);
            if (!step.loopStrictly()) {
                tooFew.ignore(bit, tooFew);
            }
            last = tooFew;
        }
        Node none = new Node(nodes, null);
        none.take(bit, last);
        if (index > 0 && !step.strictly()) {
            none.ignore(bit, none);
        }
        return none;
    }

    private static Node loop(Part.Step step, long bit, Node next, List<Node> nodes) {
        Node loop = new Node(nodes, next);
        loop.take(bit, loop);
        if (!step.loopStrictly()) {
            loop.ignore(bit, waiting(bit, loop, nodes));
        }
        return loop;
    }

    /** Where a partial match that could have gone on to the next step waits for another event of this one. */
    private static Node waiting(long bit, Node last, List<Node> nodes) {
        Node waiting = new Node(nodes, null);
        waiting.take(bit, last);
        waiting.ignore(bit, waiting);
        return waiting;
    }

    /** Where a match begins: the state of no event taken. */
    int start() {
        return start;
    }

    /** Whether a match may begin with an event that meets these conditions. */
    boolean begins(long conditions) {
        for (int edge = firstEdge[start]; edge < firstEdge[start + 1]; edge++) {
            if (accepts(edge, conditions)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an event that meets these conditions goes along no edge of any of these states, a bit for each. */
    boolean ends(long states, long conditions) {
        for (long rest = states; rest != 0; rest &= rest - 1) {
            int state = Long.numberOfTrailingZeros(rest);
            for (int edge = firstEdge[state]; edge < firstEdge[state + 1]; edge++) {
                if (accepts(edge, conditions)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The first edge of a state; its last one is before the {@link #end}. */
    int first(int state) {
        return firstEdge[state];
    }

    int end(int state) {
        return firstEdge[state + 1];
    }

    /** Whether an event that meets these conditions, the bits of the steps that would take it, goes along an edge. */
    boolean accepts(int edge, long conditions) {
        return (conditions & met[edge]) == met[edge] && (conditions & unmet[edge]) == 0;
    }

    /** Whether the event is taken on this edge; if not, it is passed over. */
    boolean takes(int edge) {
        return takes[edge];
    }

    /** The step that takes the event, for one that is taken. */
    int step(int edge) {
        return step[edge];
    }

    int target(int edge) {
        return target[edge];
    }

    /** Whether a match is complete with the event that is taken on this edge, even if it could go on. */
    boolean completes(int edge) {
        return completes[edge];
    }

    /** @param bit of the one condition that it asks for: to be met if it takes the event, not to be met otherwise */
    private record Edge(boolean takes, long bit, Node target) {}

    private static final class Node {

        private final int state;
        private final @Nullable Node onwards;
        private final List<Edge> own = new ArrayList<>();

        /** Where a match ends. */
        Node() {
            state = FINAL;
            onwards = null;
        }

        /** @param onwards where a match may go on without an event */
        Node(List<Node> nodes, @Nullable Node onwards) {
            this.state = nodes.size();
            this.onwards = onwards;
            nodes.add(this);
        }

        void take(long bit, Node target) {
            own.add(new Edge(true, bit, target));
        }

        void ignore(long bit, Node target) {
            own.add(new Edge(false, bit, target));
        }

        List<Edge> all() {
            if (onwards == null) {
                return own;
            }
            List<Edge> all = new ArrayList<>(own);
            all.addAll(onwards.all());
            return all;
        }

        boolean mayEnd() {
            return state == FINAL || (onwards != null && onwards.mayEnd());
        }
    }
}
