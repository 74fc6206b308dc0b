package io.pipewright.definition;

import io.pipewright.diagnostic.Span;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;
import java.util.OptionalInt;

/**
 * An entry of {@code sources}, {@code stages} or {@code sinks}.
 *
 * @param from the ports of the main input; none for a source, several for a union
 * @param inputs the references to ports in the options, each an input named by its path
 * @param onErrorPlace where the policy is written: at the entry, or for all entries; the entry's key if it is nowhere
 * @param uid what its operators' uids begin with: the id unless the author kept an older one
 */
public record EntryDefinition(
        String id,
        StageType<?, ?> type,
        List<PortRef> from,
        List<PortRef> inputs,
        Record options,
        ErrorPolicy onError,
        Span onErrorPlace,
        OptionalInt parallelism,
        String uid,
        Place place) {

    public EntryDefinition {
        from = List.copyOf(from);
        inputs = List.copyOf(inputs);
    }

    /** The same entry with another policy. */
    public EntryDefinition withOnError(ErrorPolicy policy) {
        return new EntryDefinition(id, type, from, inputs, options, policy, onErrorPlace, parallelism, uid, place);
    }

    public StageInfo.Kind kind() {
        return type.info().kind();
    }
}
