package io.pipewright.stages.route;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.PortKind;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code route}.
 *
 * @param all whether every rule that takes a record gets it, or the first alone
 */
record RoutePlan(RecordType input, List<Rule> rules, boolean all) implements StagePlan {

    static final String REJECTED = "rejected";

    RoutePlan {
        rules = List.copyOf(rules);
    }

    /** @param where null for the rule that takes what no other took */
    record Rule(String id, @Nullable CheckedExpression where, Narrowing narrowing) implements java.io.Serializable {}

    @Override
    public List<OutputPort> outputs() {
        List<OutputPort> ports = new ArrayList<>();
        for (Rule rule : rules) {
            ports.add(new OutputPort(rule.id, PortKind.DATA, rule.narrowing.to()));
        }
        ports.add(new OutputPort(REJECTED, PortKind.INFORMATION, input));
        return ports;
    }

    @Override
    public Partitioning partitioning(String port) {
        return new Partitioning.OfInput(FROM);
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(readOfOutputs.getOrDefault(REJECTED, Set.of()));
        for (Rule rule : rules) {
            if (rule.where != null) {
                read.addAll(rule.where.fieldsRead());
            }
            read.addAll(rule.narrowing.fieldsRead(readOfOutputs.getOrDefault(rule.id, Set.of())));
        }
        return Map.of(FROM, read);
    }
}
