package io.pipewright.stages.latest;

import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked {@code latest}.
 *
 * @param name of the records that it emits, for messages
 * @param ttl in milliseconds, or {@link ExpiringState#FOR_GOOD}
 */
record LatestPlan(String name, RecordType input, List<String> keyBy, long ttl) implements StagePlan {

    /** The name of the state. */
    static final String LATEST = "latest";

    LatestPlan {
        keyBy = List.copyOf(keyBy);
    }

    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(input.named(name).with(RowChange.FIELD)), OutputPort.late(input));
    }

    @Override
    public boolean changes(String port) {
        return port.equals(OutputPort.MAIN);
    }

    @Override
    public Partitioning partitioning(String port) {
        return port.equals(OutputPort.MAIN) ? new Partitioning.ByKey(keyBy, true) : Partitioning.UNKNOWN;
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of()));
        read.remove(RowChange.NAME);
        read.addAll(keyBy);
        read.addAll(readOfOutputs.getOrDefault(OutputPort.LATE, Set.of()));
        return Map.of(FROM, read);
    }

    @Override
    public String stateSignature() {
        return "latest: key " + input.project(keyBy).named("key") + ", " + ExpiringState.stored(LATEST, input) + " of "
                + input;
    }
}
