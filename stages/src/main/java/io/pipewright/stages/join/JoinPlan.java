package io.pipewright.stages.join;

import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A checked {@code join}.
 *
 * @param name of the records that it emits, for messages
 */
record JoinPlan(String name, Side first, Side second, Meeting meeting, ComputedFields selected) implements StagePlan {

    static final String WINDOW_START = "windowStart";
    static final String WINDOW_END = "windowEnd";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    /**
     * One input.
     *
     * @param name what expressions call its record
     * @param input the name of the stage's input, a path among the options
     * @param outer whether its records come out alone where nothing meets them
     */
    record Side(String name, String input, RecordType type, List<String> key, boolean outer) implements Serializable {

        Side {
            key = List.copyOf(key);
        }
    }

    /** What the expressions may name, where the records of the inputs are laid out so. */
    Scope scope(RecordType firstLayout, RecordType secondLayout) {
        List<Variable> variables = new ArrayList<>();
        variables.add(new Variable(first.name, firstLayout, second.outer));
        variables.add(new Variable(second.name, secondLayout, first.outer));
        if (meeting instanceof Meeting.Windows) {
            variables.add(new Variable(WINDOW_START, Scalar.TIMESTAMP, false));
            variables.add(new Variable(WINDOW_END, Scalar.TIMESTAMP, false));
        }
        return Scope.ofVariables(variables);
    }

    JoinPlan withSelected(ComputedFields fields) {
        return new JoinPlan(name, first, second, meeting, fields);
    }

    /** The records of both inputs differ in type, so late ones are told as JSON. */
    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(selected.addedTo(NOTHING.named(name))), OutputPort.late(LateRecord.TYPE));
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of(first.input, fieldsRead(first, readOfOutputs), second.input, fieldsRead(second, readOfOutputs));
    }

    private Set<String> fieldsRead(Side side, Map<String, Set<String>> readOfOutputs) {
        if (readOfOutputs.containsKey(OutputPort.LATE)) {
            return new LinkedHashSet<>(side.type.names());
        }
        Set<String> rows = readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of());
        Set<String> read = new LinkedHashSet<>(side.key);
        selected.fields().stream()
                .filter(field -> rows.contains(field.name()))
                .forEach(field ->
                        read.addAll(field.expression().variableFieldsRead().getOrDefault(side.name, Set.of())));
        return read;
    }

    /** Rows hold the key where all key fields of an input that is in every row are selected as they are. */
    @Override
    public Partitioning partitioning(String port) {
        if (!port.equals(OutputPort.MAIN)) {
            return Partitioning.UNKNOWN;
        }
        Optional<List<String>> key = second.outer ? Optional.empty() : selectedKey(first);
        if (key.isEmpty() && !first.outer) {
            key = selectedKey(second);
        }
        return key.<Partitioning>map(fields -> new Partitioning.ByKey(fields, false))
                .orElse(Partitioning.UNKNOWN);
    }

    private Optional<List<String>> selectedKey(Side side) {
        List<String> names = new ArrayList<>();
        for (Field field : RecordKey.type(side.type, side.key).fields()) {
            String text = side.name + "." + field.name();
            selected.fields().stream()
                    .filter(each -> each.expression().text().strip().equals(text)
                            && each.expression().type().equals(field.type()))
                    .findFirst()
                    .ifPresent(each -> names.add(each.name()));
        }
        return names.size() == side.key.size() ? Optional.of(names) : Optional.empty();
    }

    @Override
    public String stateSignature() {
        return "pairs: key " + RecordKey.type(first.type, first.key) + ", first of " + first.type + ", second of "
                + second.type;
    }
}
