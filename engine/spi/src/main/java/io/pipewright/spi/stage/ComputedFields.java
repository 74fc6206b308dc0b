package io.pipewright.spi.stage;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Names;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fields that a stage computes for each record, a name for each expression.
 *
 * <p>One that nothing reads is not computed, and so cannot fail.
 */
public record ComputedFields(List<Computed> fields) implements Serializable {

    public ComputedFields {
        fields = List.copyOf(fields);
    }

    /** One field. */
    public record Computed(String name, CheckedExpression expression) implements Serializable {

        /** Whether it is over more than the fields of the input. */
        public boolean readsVariables() {
            return !expression.variableFieldsRead().isEmpty();
        }

        /** Whether it takes the place of a field of this record, and is not that field itself. */
        private boolean replaces(RecordType type) {
            Field field = type.field(name).orElse(null);
            return field != null
                    && !(expression.text().strip().equals(name) && field.type().equals(expression.type()));
        }
    }

    /**
     * Checks a map of names to expressions; names that no field can have are reported.
     *
     * @param option the path of the map, such as {@code add}
     * @return empty if an expression could not be checked, which was reported
     */
    public static Optional<ComputedFields> check(
            Map<String, Expression> written, String option, Scope scope, PlanContext in) {
        List<Computed> fields = new ArrayList<>();
        written.forEach((name, expression) -> {
            if (!Names.isIdentifier(name)) {
                in.error(
                        "invalid-field-name",
                        OptionPath.key(option + "." + name),
                        "`" + name + "` cannot be the name of a field.",
                        "use letters, digits and `_`, with a letter first.");
            }
            in.check(expression, scope).ifPresent(checked -> fields.add(new Computed(name, checked)));
        });
        return fields.size() < written.size() ? Optional.empty() : Optional.of(new ComputedFields(fields));
    }

    /** A record with these fields too; one that it has already is replaced in its place. */
    public RecordType addedTo(RecordType type) {
        RecordType all = type;
        for (Computed field : fields) {
            all = all.with(new Field(field.name, field.expression.type(), field.expression.nullable()));
        }
        return all;
    }

    /** The fields needed of the input, when these of the record are read that {@link #addedTo} gives. */
    public Set<String> fieldsRead(Set<String> readOfRow) {
        Set<String> read = new LinkedHashSet<>(readOfRow);
        fields.forEach(field -> read.remove(field.name));
        fields.stream()
                .filter(field -> readOfRow.contains(field.name))
                .forEach(field -> read.addAll(field.expression.fieldsRead()));
        return read;
    }

    /**
     * The names of those that are read, in {@code row}, and read variables themselves; empty if one of them may fail, and so
     * has to be computed whoever sees it.
     */
    public Optional<Set<String>> readingVariables(RecordType row) {
        List<Computed> reading = fields.stream()
                .filter(field -> field.readsVariables() && row.names().contains(field.name))
                .toList();
        return reading.stream().anyMatch(field -> field.expression.mayFail())
                ? Optional.empty()
                : Optional.of(reading.stream().map(Computed::name).collect(Collectors.toSet()));
    }

    /** Whether one of them takes the place of a field of this record and may have another value or type. */
    public boolean replacesAny(RecordType type) {
        return fields.stream().anyMatch(field -> field.replaces(type));
    }

    /**
     * Binds the fields to the layouts that the records really have.
     *
     * @param scope what the expressions may name, and the layout of the input as its fields
     * @param row what the records hold that are made: computed fields, and fields of the input
     */
    public Rows bind(Scope scope, RecordType row) {
        return new Rows(this, scope, row);
    }

    /** Makes the records. */
    public static final class Rows {

        private final int[] positions;
        private final @Nullable Evaluator[] computed;
        private final boolean[] readsVariables;

        private Rows(ComputedFields all, Scope scope, RecordType row) {
            List<String> names = row.names();
            positions = new int[names.size()];
            computed = new Evaluator[names.size()];
            readsVariables = new boolean[names.size()];
            for (int i = 0; i < positions.length; i++) {
                String name = names.get(i);
                for (Computed field : all.fields) {
                    if (field.name.equals(name)) {
                        computed[i] = field.expression.evaluator(scope);
                        readsVariables[i] = field.readsVariables();
                    }
                }
                positions[i] = computed[i] == null ? scope.fields().position(name) : -1;
            }
        }

        /**
         * The record, with the origin of {@code from}.
         *
         * @param variables in the order of the scope
         * @throws EvaluationException if a field has no value
         */
        public DataRecord of(DataRecord from, @Nullable Object... variables) {
            @Nullable Object[] values = new Object[positions.length];
            for (int i = 0; i < values.length; i++) {
                Evaluator evaluator = computed[i];
                values[i] = evaluator == null ? from.get(positions[i]) : evaluator.evaluate(from, variables);
            }
            return new DataRecord(values, from.origin());
        }

        /**
         * The same where nobody sees the fields that read variables: those are null.
         *
         * @throws EvaluationException if one of the others has no value
         */
        public DataRecord withoutVariables(DataRecord from) {
            @Nullable Object[] values = new Object[positions.length];
            for (int i = 0; i < values.length; i++) {
                Evaluator evaluator = computed[i];
                if (evaluator == null) {
                    values[i] = from.get(positions[i]);
                } else if (!readsVariables[i]) {
                    values[i] = evaluator.evaluate(from);
                }
            }
            return new DataRecord(values, from.origin());
        }
    }
}
