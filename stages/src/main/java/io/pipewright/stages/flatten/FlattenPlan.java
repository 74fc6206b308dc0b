package io.pipewright.stages.flatten;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked {@code flatten}.
 *
 * @param name of the records that it emits, for messages
 * @param field the one that holds the element
 */
record FlattenPlan(String name, RecordType input, CheckedExpression list, String field, DataType element)
        implements StagePlan {

    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(input.named(name).with(Field.of(field, element))));
    }

    @Override
    public Partitioning partitioning(String port) {
        return input.field(field).isPresent() ? Partitioning.UNKNOWN : new Partitioning.OfInput(FROM);
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of()));
        read.remove(field);
        read.addAll(list.fieldsRead());
        return Map.of(FROM, read);
    }
}
