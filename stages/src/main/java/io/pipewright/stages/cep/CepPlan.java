package io.pipewright.stages.cep;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
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
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code cep}. It is long because all that is known of a pattern before it runs is asked here: outputs, fields
 * that are read and seen, which matcher takes it, and its name in state.
 *
 * @param name of the records that it emits, for messages
 * @param within in milliseconds, or {@link #NO_LIMIT}
 * @param skipTo the step to which a skip goes; empty for a skip that names none
 */
record CepPlan(
        String name,
        RecordType input,
        List<String> keyBy,
        List<Part> parts,
        long within,
        CepOptions.Skip skip,
        String skipTo,
        CepOptions.Matcher matcher,
        List<Emitted> emitted)
        implements StagePlan {

    /** The port of partial matches that ran out of time: a list of events for each step, empty for those not reached. */
    static final String TIMED_OUT = "timedOut";

    static final long NO_LIMIT = Long.MAX_VALUE;

    /** No author can give a field this name. */
    private static final String CONDITIONS = "#conditions";

    private static final String TIME = "#time";

    CepPlan {
        keyBy = List.copyOf(keyBy);
        parts = List.copyOf(parts);
        emitted = List.copyOf(emitted);
    }

    /** One field of a match. */
    record Emitted(String name, CheckedExpression expression) implements Serializable {}

    /** What {@code emit} may name: a list of events for each step that takes some, in their order. */
    static Scope scope(List<String> steps, RecordType event) {
        return Scope.ofVariables(variables(steps, event));
    }

    /**
     * What a condition may name: the fields of the event, and a list of earlier events for each of these steps.
     *
     * @param own what of the event itself may be named: all that an earlier one has, and perhaps more
     */
    static Scope scope(RecordType own, RecordType event, Collection<String> steps) {
        return new Scope(own, variables(steps, event));
    }

    private static List<Variable> variables(Collection<String> steps, RecordType event) {
        DataType events = new ListType(event);
        return steps.stream().map(step -> new Variable(step, events, false)).toList();
    }

    /** Whether a condition is decided by earlier events too. */
    static boolean looksBack(@Nullable CheckedExpression condition) {
        return condition != null && !condition.variableFieldsRead().isEmpty();
    }

    /** All steps, those inside groups and those that are negated too. */
    List<Part.Step> steps() {
        return parts.stream().flatMap(Part::steps).toList();
    }

    /** The steps that take events. */
    List<String> stepIds() {
        return parts.stream()
                .flatMap(Part::steps)
                .filter(step -> !step.negated())
                .map(Part.Step::id)
                .toList();
    }

    private Stream<Part> allParts() {
        return parts.stream().flatMap(Part::all);
    }

    /** The parts that end with an event, where that is decided by the event alone. */
    private List<String> endedParts() {
        return allParts()
                .filter(part -> part.quantifier().until() != null
                        && !looksBack(part.quantifier().until()))
                .map(Part::id)
                .toList();
    }

    /**
     * What is decided of each event before any pattern sees it, bit by bit: whether each step would take it, then whether
     * it ends parts. Empty for what is not decided then, or true of every event.
     */
    List<Optional<CheckedExpression>> conditions() {
        Stream<@Nullable CheckedExpression> where =
                steps().stream().map(step -> looksBack(step.where()) ? null : step.where());
        Stream<@Nullable CheckedExpression> until = allParts()
                .map(part -> part.quantifier().until())
                .filter(condition -> condition != null && !looksBack(condition));
        return Stream.concat(where, until).map(Optional::ofNullable).toList();
    }

    /** The bit that says whether the event ends this part. */
    int untilBit(Part part) {
        return steps().size() + endedParts().indexOf(part.id());
    }

    /** Whether partial matches are told as soon as they run out of time. */
    boolean timesOut() {
        return within != NO_LIMIT
                && allParts().allMatch(part -> part.quantifier().gap() == NO_LIMIT);
    }

    @Override
    public List<OutputPort> outputs() {
        List<Field> fields = emitted.stream()
                .map(each -> new Field(each.name, each.expression.type(), each.expression.nullable()))
                .toList();
        List<OutputPort> ports = new ArrayList<>();
        ports.add(OutputPort.main(new RecordType(name, fields)));
        ports.add(OutputPort.late(input));
        if (timesOut()) {
            List<Field> events = stepIds().stream()
                    .map(step -> Field.of(step, new ListType(input)))
                    .toList();
            ports.add(new OutputPort(TIMED_OUT, PortKind.INFORMATION, new RecordType(name, events)));
        }
        return ports;
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(matchedFields(readOfOutputs));
        conditions().forEach(condition -> condition.ifPresent(known -> read.addAll(known.fieldsRead())));
        read.addAll(readOfOutputs.getOrDefault(OutputPort.LATE, Set.of()));
        return Map.of(FROM, read);
    }

    /**
     * The fields that a match needs of its events, once the conditions on one event are known: the key, what is emitted
     * and what is looked back at.
     */
    Set<String> matchedFields(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(readOfOutputs.containsKey(TIMED_OUT) ? input.names() : keyBy);
        lookBacks().forEach(condition -> {
            read.addAll(condition.fieldsRead());
            condition.variableFieldsRead().values().forEach(read::addAll);
        });
        Set<String> emittedAndRead = readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of());
        for (Emitted each : emitted) {
            if (emittedAndRead.contains(each.name)) {
                each.expression.variableFieldsRead().values().forEach(read::addAll);
            }
        }
        return read;
    }

    /**
     * Only what is emitted of events of some steps, and what a failure tells of a last event, is seen of what the conditions
     * do not read.
     */
    @Override
    public List<CheckedExpression> seenWhere(String input, Set<String> fields, Map<String, Set<String>> readOfOutputs) {
        boolean decide = conditions().stream()
                .anyMatch(condition -> condition.isPresent()
                        && !Collections.disjoint(condition.get().fieldsRead(), fields));
        if (!isSequence() || decide || steps().stream().anyMatch(step -> mayFail(step.where()))) {
            return List.of();
        }
        long seen = 0;
        for (String field : fields) {
            seen |= seenOf(field, readOfOutputs);
        }
        List<CheckedExpression> where = new ArrayList<>();
        for (int i = 0; i < steps().size(); i++) {
            CheckedExpression condition = steps().get(i).where();
            if ((seen & 1L << i) != 0) {
                if (condition == null) {
                    return List.of();
                }
                where.add(condition);
            }
        }
        return where;
    }

    private static boolean mayFail(@Nullable CheckedExpression condition) {
        return condition != null && condition.mayFail();
    }

    /**
     * Of the events of which steps of a sequence a field is seen, a bit for each; a last event is seen whole where a match
     * fails. All bits are set for a field that is needed of every event.
     */
    long seenOf(String field, Map<String, Set<String>> readOfOutputs) {
        if (keyBy.contains(field) || readOfOutputs.containsKey(TIMED_OUT)) {
            return -1;
        }
        long seen = 1L << steps().size() - 1;
        Set<String> emittedAndRead = readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of());
        for (Emitted each : emitted) {
            Map<String, Set<String>> ofSteps = each.expression.variableFieldsRead();
            for (int i = 0; i < steps().size(); i++) {
                Set<String> ofStep = ofSteps.getOrDefault(steps().get(i).id(), Set.of());
                if (emittedAndRead.contains(each.name) && ofStep.contains(field)) {
                    seen |= 1L << i;
                }
            }
        }
        return seen;
    }

    private Stream<CheckedExpression> lookBacks() {
        Stream<@Nullable CheckedExpression> where = steps().stream().map(Part.Step::where);
        Stream<@Nullable CheckedExpression> until =
                allParts().map(part -> part.quantifier().until());
        return Stream.concat(where, until).filter(CepPlan::looksBack).map(Objects::requireNonNull);
    }

    /** Whether the pattern is matched by {@link SequenceOperator} and not by Flink CEP. */
    boolean isSequence() {
        return matcher == CepOptions.Matcher.AUTO && beyondSequence().isEmpty();
    }

    /** The first thing of the pattern that {@link SequenceOperator} cannot do, in words; empty if it can do all. */
    private Optional<String> beyondSequence() {
        if (skip != CepOptions.Skip.NONE && skip != CepOptions.Skip.PAST_LAST) {
            return Optional.of("skips " + skip.text());
        }
        return parts.stream().flatMap(part -> beyondSequence(part).stream()).findFirst();
    }

    private static Optional<String> beyondSequence(Part part) {
        Part.Quantifier quantifier = part.quantifier();
        CepOptions.Contiguity contiguity = quantifier.contiguity();
        String name = "`" + part.id() + "` ";
        if (!(part instanceof Part.Step step)) {
            return Optional.of(name + "is a group");
        } else if (contiguity != CepOptions.Contiguity.NEXT && contiguity != CepOptions.Contiguity.FOLLOWED_BY) {
            return Optional.of(name + "follows by " + contiguity.text());
        } else if (quantifier.loop() == CepOptions.LoopContiguity.FOLLOWED_BY_ANY) {
            return Optional.of(name + "repeats by followedByAny");
        } else if (quantifier.optional() || quantifier.greedy()) {
            return Optional.of(name + (quantifier.optional() ? "is optional" : "is greedy"));
        } else if (quantifier.until() != null) {
            return Optional.of(name + "has `until`");
        } else if (quantifier.gap() != NO_LIMIT) {
            return Optional.of(name + "has `withinGap`");
        }
        return looksBack(step.where()) ? Optional.of(name + "looks back") : Optional.empty();
    }

    /** What tells one pattern from another, as far as its partial matches go. */
    String patternName() {
        return name(parts) + (within == NO_LIMIT ? "" : ", within " + within + " ms");
    }

    private static String name(List<Part> parts) {
        return parts.stream().map(CepPlan::name).collect(Collectors.joining(", "));
    }

    private static String name(Part part) {
        Part.Quantifier quantifier = part.quantifier();
        StringBuilder name = new StringBuilder(quantifier.contiguity().text())
                .append(' ')
                .append(part.id())
                .append(part instanceof Part.Group group ? " (" + name(group.parts()) + ")" : "")
                .append(" x ")
                .append(quantifier.times().text());
        if (quantifier.loop() != CepOptions.LoopContiguity.FOLLOWED_BY) {
            name.append(quantifier.loop() == CepOptions.LoopContiguity.NEXT ? " strictly" : " combined");
        }
        name.append(quantifier.optional() ? " optional" : "");
        name.append(quantifier.greedy() ? " greedy" : "");
        name.append(quantifier.until() == null ? "" : " until");
        return name.append(quantifier.gap() == NO_LIMIT ? "" : " within " + quantifier.gap() + " ms")
                .toString();
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

    /** An event as Flink CEP sees it: with its conditions, and before them its time if that is needed. */
    RecordType matchedByFlink(RecordType event) {
        return matched(endsWithLimit() ? event.with(Field.of(TIME, Scalar.LONG)) : event, "");
    }

    /** Whether a match is known only when its time is over, as nothing came that must not come last. */
    boolean endsWithLimit() {
        return parts.get(parts.size() - 1).quantifier().contiguity() == CepOptions.Contiguity.NOT_FOLLOWED_BY;
    }

    @Override
    public String stateSignature() {
        return (isSequence() ? "sequence: key " : "flink: key ") + input.project(keyBy) + ", " + patternName();
    }

    @Override
    public List<String> notes() {
        if (isSequence()) {
            return List.of("matcher: sequence (no step looks back)");
        }
        return List.of("matcher: Flink CEP (" + beyondSequence().orElse("asked for") + ")");
    }
}
