package io.pipewright.stages.cep;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PortKind;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.DataType;
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
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code cep}.
 *
 * @param name of the records that it emits, for messages
 * @param within in milliseconds, or {@link #NO_LIMIT}
 */
record CepPlan(
        String name,
        RecordType input,
        List<String> keyBy,
        List<Step> steps,
        long within,
        CepOptions.Skip skip,
        CepOptions.Matcher matcher,
        List<Emitted> emitted)
        implements StagePlan {

    /** The port of partial matches that ran out of time: a list of events for each step, empty for those not reached. */
    static final String TIMED_OUT = "timedOut";

    static final long NO_LIMIT = Long.MAX_VALUE;

    /** No author can give a field this name. */
    private static final String CONDITIONS = "#conditions";

    CepPlan {
        keyBy = List.copyOf(keyBy);
        steps = List.copyOf(steps);
        emitted = List.copyOf(emitted);
    }

    /**
     * One step.
     *
     * @param where null for one that takes every event
     * @param strictly whether no event may stand between it and the step before
     * @param loopStrictly whether none may stand between its own
     */
    record Step(String id, @Nullable CheckedExpression where, boolean strictly, Times times, boolean loopStrictly)
            implements Serializable {}

    /** One field of a match. */
    record Emitted(String name, CheckedExpression expression) implements Serializable {}

    /** What {@code emit} may name: a list of events for each step, in their order. */
    static Scope scope(List<String> steps, RecordType event) {
        DataType events = new ListType(event);
        return Scope.ofVariables(
                steps.stream().map(step -> new Variable(step, events, false)).toList());
    }

    List<String> stepIds() {
        return steps.stream().map(Step::id).toList();
    }

    @Override
    public List<OutputPort> outputs() {
        List<Field> fields = emitted.stream()
                .map(each -> new Field(each.name, each.expression.type(), each.expression.nullable()))
                .toList();
        List<OutputPort> ports = new ArrayList<>();
        ports.add(OutputPort.main(new RecordType(name, fields)));
        ports.add(OutputPort.late(input));
        if (within != NO_LIMIT) {
            List<Field> events = steps.stream()
                    .map(step -> Field.of(step.id, new ListType(input)))
                    .toList();
            ports.add(new OutputPort(TIMED_OUT, PortKind.INFORMATION, new RecordType(name, events)));
        }
        return ports;
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(matchedFields(readOfOutputs));
        for (Step step : steps) {
            if (step.where != null) {
                read.addAll(step.where.fieldsRead());
            }
        }
        read.addAll(readOfOutputs.getOrDefault(OutputPort.LATE, Set.of()));
        return Map.of(FROM, read);
    }

    /** The fields that a match needs of its events, once the conditions are known: the key and what is emitted. */
    Set<String> matchedFields(Map<String, Set<String>> readOfOutputs) {
        if (readOfOutputs.containsKey(TIMED_OUT)) {
            return new LinkedHashSet<>(input.names());
        }
        Set<String> read = new LinkedHashSet<>(keyBy);
        Set<String> emittedAndRead = readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of());
        for (Emitted each : emitted) {
            if (emittedAndRead.contains(each.name)) {
                each.expression.variableFieldsRead().values().forEach(read::addAll);
            }
        }
        return read;
    }

    /**
     * Whether the pattern is matched by {@link SequenceOperator} and not by Flink CEP. It can be where every step is
     * decided by the event alone, so everything that the language can say today.
     */
    boolean isSequence() {
        return matcher == CepOptions.Matcher.AUTO;
    }

    /** What tells one pattern from another, as far as its partial matches go. */
    String patternName() {
        List<String> parts = new ArrayList<>();
        for (Step step : steps) {
            parts.add((step.strictly ? "next " : "followedBy ") + step.id + " x " + step.times.text()
                    + (step.loopStrictly ? " strictly" : ""));
        }
        return String.join(", ", parts) + (within == NO_LIMIT ? "" : ", within " + within + " ms");
    }

    /**
     * An event as it is in a match: with its conditions as bits.
     *
     * @param pattern a name for the pattern that they belong to; empty for none
     */
    static RecordType matched(RecordType event, String pattern) {
        String of = pattern.isEmpty() ? "" : " " + Integer.toHexString(pattern.hashCode());
        return event.with(Field.of(CONDITIONS + of, Scalar.LONG));
    }

    @Override
    public String stateSignature() {
        return (isSequence() ? "sequence: key " : "flink: key ") + input.project(keyBy) + ", " + patternName();
    }

    @Override
    public List<String> notes() {
        return List.of(isSequence() ? "matcher: sequence (no step looks back)" : "matcher: Flink CEP (asked for)");
    }
}
