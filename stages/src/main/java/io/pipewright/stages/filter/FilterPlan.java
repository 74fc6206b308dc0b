package io.pipewright.stages.filter;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.PortKind;
import io.pipewright.spi.stage.StagePlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A checked {@code filter}. */
record FilterPlan(CheckedExpression where, Narrowing narrowing) implements StagePlan {

    static final String REJECTED = "rejected";

    @Override
    public List<OutputPort> outputs() {
        return List.of(
                OutputPort.main(narrowing.to()), new OutputPort(REJECTED, PortKind.INFORMATION, narrowing.from()));
    }

    @Override
    public Partitioning partitioning(String port) {
        return new Partitioning.OfInput(FROM);
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(where.fieldsRead());
        read.addAll(narrowing.fieldsRead(readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of())));
        read.addAll(readOfOutputs.getOrDefault(REJECTED, Set.of()));
        return Map.of(FROM, read);
    }
}
