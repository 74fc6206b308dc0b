package io.pipewright.stages.generate;

import io.pipewright.stages.splits.SplitSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The numbers that one subtask was given: from {@code next} on, every {@code stride}th.
 *
 * @param index which of the {@code stride} parts of all numbers it is, from 0 on
 */
record Numbers(int index, int stride, long next) implements SourceSplit {

    /** All numbers, in so many parts. */
    static List<Numbers> all(int parts) {
        return IntStream.range(0, parts).mapToObj(i -> new Numbers(i, parts, i)).toList();
    }

    @Override
    public String splitId() {
        return index + "/" + stride;
    }

    Numbers advanced() {
        return new Numbers(index, stride, next + stride);
    }

    /** Writes one part of the numbers and how far it has come. */
    static final class Serializer extends SplitSerializer<Numbers> {

        Serializer() {
            super(1);
        }

        @Override
        protected void write(Numbers numbers, DataOutput out) throws IOException {
            out.writeInt(numbers.index);
            out.writeInt(numbers.stride);
            out.writeLong(numbers.next);
        }

        @Override
        protected Numbers read(DataInput in) throws IOException {
            return new Numbers(in.readInt(), in.readInt(), in.readLong());
        }
    }
}
