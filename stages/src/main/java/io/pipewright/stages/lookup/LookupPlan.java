package io.pipewright.stages.lookup;

import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.answer.AskingPlan;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.lookup.LookupOptions.Cache;
import io.pipewright.stages.lookup.LookupOptions.Missing;
import io.pipewright.stages.lookup.LookupOptions.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code lookup}.
 *
 * @param id of the entry, for messages
 * @param variable what expressions call the answer
 * @param cache null for none
 * @param capacity how many records of a subtask wait at most
 */
record LookupPlan(
        String id,
        RecordType input,
        AnswerSource source,
        ComputedFields key,
        String variable,
        RecordType answer,
        Missing missing,
        ComputedFields added,
        @Nullable Cache cache,
        int capacity,
        Retry retry)
        implements AskingPlan {

    private static final RecordType NOTHING = new RecordType("key", List.of());

    @Override
    public RecordType question() {
        return question(key);
    }

    static RecordType question(ComputedFields key) {
        return key.addedTo(NOTHING);
    }

    @Override
    public AskingPlan asking(AnswerSource other) {
        return new LookupPlan(id, input, other, key, variable, answer, missing, added, cache, capacity, retry);
    }

    /** What the expressions may name, where the input is laid out so. */
    Scope scope(RecordType layout) {
        return scope(layout, variable, answer, missing);
    }

    static Scope scope(RecordType input, String variable, RecordType answer, Missing missing) {
        return Scope.of(input).with(new Variable(variable, answer, missing == Missing.KEEP));
    }

    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(added.addedTo(input.named(id))));
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = added.fieldsRead(readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of()));
        key.fields().forEach(field -> read.addAll(field.expression().fieldsRead()));
        return Map.of(FROM, read);
    }

    @Override
    public Partitioning partitioning(String port) {
        return added.replacesAny(input) ? Partitioning.UNKNOWN : new Partitioning.OfInput(FROM);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(List.of("asks " + source.server()));
        if (cache != null) {
            notes.add("keeps " + cache.maxEntries() + " answers for " + cache.ttl());
        }
        return notes;
    }
}
