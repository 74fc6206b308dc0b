package io.pipewright.spi.record;

import org.jspecify.annotations.Nullable;

/**
 * What the records read from one restored state have in common: the conversion to the type that the job now has.
 *
 * <p>Flink's heap backends read all values when a job is restored, before a stage says which type it now uses, and
 * never pass them through a serializer again. So a record read then keeps its old values and this reference; once the
 * types are compared, the conversion is known and the record answers by the present type.
 */
final class RestoredLayout {

    private volatile @Nullable RecordConversion conversion;

    void become(RecordConversion known) {
        conversion = known;
    }

    /** Null as long as old values are what they are. */
    @Nullable
    RecordConversion conversion() {
        return conversion;
    }
}
