package io.pipewright.stages.top;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked {@code top}.
 *
 * @param name of the records that it emits, for messages
 * @param groups what {@code keyBy} names, and in windows their bounds
 * @param windows whether each window has rankings of its own
 * @param ttl in milliseconds, or {@link ExpiringState#FOR_GOOD}; of no meaning in windows
 */
record TopPlan(
        String name,
        RecordType input,
        List<String> groups,
        boolean windows,
        int n,
        List<Order> orderBy,
        boolean sharedRanks,
        long ttl)
        implements StagePlan {

    /** The field that holds the rank, from 1. */
    static final String RANK = "rank";

    static final String WINDOW_START = "windowStart";
    static final String WINDOW_END = "windowEnd";

    /** The name of the state. */
    static final String RANKING = "ranking";

    TopPlan {
        groups = List.copyOf(groups);
        orderBy = List.copyOf(orderBy);
    }

    /** One part of the order. */
    record Order(CheckedExpression by, boolean descending) implements Serializable {}

    /** What is remembered of a group: its records from the first rank on. */
    static RecordType ranking(RecordType record) {
        return RecordType.of(RANKING, Field.of("records", new ListType(record)));
    }

    @Override
    public List<OutputPort> outputs() {
        RecordType row = input.named(name).with(Field.of(RANK, Scalar.LONG));
        return List.of(OutputPort.main(windows ? row : row.with(RowChange.FIELD)), OutputPort.late(input));
    }

    @Override
    public boolean changes(String port) {
        return port.equals(OutputPort.MAIN) && !windows;
    }

    @Override
    public Partitioning partitioning(String port) {
        return port.equals(OutputPort.MAIN) ? new Partitioning.ByKey(groups, true) : Partitioning.UNKNOWN;
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of()));
        read.remove(RANK);
        if (!windows) {
            read.remove(RowChange.NAME);
        }
        read.addAll(groups);
        orderBy.forEach(order -> read.addAll(order.by.fieldsRead()));
        read.addAll(readOfOutputs.getOrDefault(OutputPort.LATE, Set.of()));
        return Map.of(FROM, read);
    }

    @Override
    public String stateSignature() {
        List<Field> key = new ArrayList<>();
        groups.forEach(field -> input.field(field).ifPresent(key::add));
        String state = windows
                ? "windows"
                : ExpiringState.stored(RANKING, ranking(input)).toString();
        return "top: key " + new RecordType("key", key) + ", " + state + " of " + input;
    }
}
