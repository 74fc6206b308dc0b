package io.pipewright.stages.fields;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A checked {@code select} or {@code add}.
 *
 * @param kept the fields of the input that the output has too, named as the output is in messages
 */
record FieldsPlan(RecordType input, RecordType kept, ComputedFields computed) implements StagePlan {

    /** Checks the expressions of either; {@code stage} is its type, for messages. */
    static Optional<FieldsPlan> check(String stage, Map<String, Expression> fields, RecordType kept, PlanContext in) {
        if (fields.isEmpty()) {
            in.error(
                    "empty-map",
                    "fields",
                    "`" + stage + "` needs at least one field.",
                    "name one, for example `" + example(in.input()) + "`.");
        }
        return ComputedFields.check(fields, "fields", in.scope(), in)
                .map(computed -> new FieldsPlan(in.input(), kept, computed));
    }

    private static String example(RecordType input) {
        String field = input.names().isEmpty() ? "1" : input.names().get(0);
        return "value: " + field;
    }

    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(computed.addedTo(kept)));
    }

    @Override
    public Partitioning partitioning(String port) {
        return computed.replacesAny(input) ? Partitioning.UNKNOWN : new Partitioning.OfInput(FROM);
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of(FROM, computed.fieldsRead(readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of())));
    }
}
