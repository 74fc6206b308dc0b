package io.pipewright.bench.contender;

import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;

/** What a source of numbered rows emits; {@code open} is called before the clock starts. */
interface RowMaker<T> extends Serializable {

    T make(long number);

    default void open() {}

    /** Rows that are there before the clock starts, the same ones over and over. */
    final class ReadyMade<T> implements RowMaker<T> {

        /** As many as lie in memory without being near it in the processor's caches. */
        static final int DISTINCT = 1 << 16;

        private static final long serialVersionUID = 1L;

        private final RowMaker<T> maker;
        private transient List<T> made = List.of();

        ReadyMade(RowMaker<T> maker) {
            this.maker = maker;
        }

        @Override
        public void open() {
            made = LongStream.range(0, DISTINCT).mapToObj(maker::make).toList();
        }

        @Override
        public T make(long number) {
            return made.get((int) (number % DISTINCT));
        }
    }
}
