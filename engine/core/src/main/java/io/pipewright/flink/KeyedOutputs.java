package io.pipewright.flink;

import io.pipewright.plan.LogicalNode;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.KeyTypeInfo;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of stages whose records already are where some key sends them.
 *
 * <p>A partitioning is one of these fields in this order, of these types, at this parallelism; the number of key groups is
 * that of the pipeline. Only the very streams of outputs are known: a union, or what was adapted for one, is not.
 */
final class KeyedOutputs {

    private final Map<DataStream<DataRecord>, Keyed> known = new IdentityHashMap<>();

    /** The fields that hold the key, in its order, and the types of its values. */
    private record Keyed(List<String> fields, KeyTypeInfo type, int parallelism, boolean inOrder) {}

    /** Takes down what a stage says of its outputs, which have just been built. */
    void add(LogicalNode node, int parallelism, Streams inputs, Streams outputs) {
        node.plan().outputs().forEach(port -> {
            DataStream<DataRecord> stream = outputs.byName().get(port.name());
            RecordType layout = node.outputTypes().get(port.name());
            if (stream != null && layout != null && stream.getParallelism() == parallelism) {
                keyed(node.plan().partitioning(port.name()), layout, parallelism, inputs)
                        .ifPresent(keyed -> known.put(stream, keyed));
            }
        });
    }

    private Optional<Keyed> keyed(Partitioning partitioning, RecordType layout, int parallelism, Streams inputs) {
        if (partitioning instanceof Partitioning.ByKey by) {
            return keyed(layout, by.fields(), parallelism, by.inOrder());
        }
        if (partitioning instanceof Partitioning.OfInput of) {
            Keyed input = known.get(inputs.get(of.name()));
            return input == null || input.parallelism != parallelism
                    ? Optional.empty()
                    : keyed(layout, input.fields, parallelism, input.inOrder).filter(input::equals);
        }
        return Optional.empty();
    }

    private static Optional<Keyed> keyed(RecordType layout, List<String> fields, int parallelism, boolean inOrder) {
        // Of an output whose key nobody reads, the layout has no key fields: then nobody can be keyed by it.
        return layout.names().containsAll(fields)
                ? Optional.of(new Keyed(fields, new KeyTypeInfo(RecordKey.type(layout, fields)), parallelism, inOrder))
                : Optional.empty();
    }

    /** Whether the records of a stream are where these fields of theirs would send them. */
    boolean isKeyed(DataStream<DataRecord> stream, RecordType layout, List<String> fields, int parallelism) {
        return find(stream, layout, fields, parallelism).isPresent();
    }

    /** Whether they also come in the order of their event times, those of each key. */
    boolean isInOrder(DataStream<DataRecord> stream, RecordType layout, List<String> fields, int parallelism) {
        return find(stream, layout, fields, parallelism).filter(Keyed::inOrder).isPresent();
    }

    private Optional<Keyed> find(
            DataStream<DataRecord> stream, RecordType layout, List<String> fields, int parallelism) {
        @Nullable Keyed keyed = known.get(stream);
        return keyed == null
                ? Optional.empty()
                : keyed(layout, fields, parallelism, keyed.inOrder).filter(keyed::equals);
    }
}
