package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.RecordKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySketchTest {

    private final KeySketch sketch = new KeySketch();

    /** More keys than there are counts, so that many share one. */
    private final List<RecordKey> keys = IntStream.range(0, 200_000)
            .mapToObj(number -> RecordKey.of("customer-" + number))
            .toList();

    @Test
    void neverDeniesAKeyThatWasAdded() {
        keys.forEach(sketch::add);
        assertThat(keys).allMatch(sketch::mayHave);

        keys.subList(0, 100_000).forEach(sketch::remove);
        assertThat(keys.subList(100_000, 200_000)).allMatch(sketch::mayHave);
    }

    @Test
    void deniesMostKeysThatWereNotAdded() {
        keys.subList(0, 1_000).forEach(sketch::add);

        assertThat(keys.subList(1_000, 200_000).stream().filter(sketch::mayHave).count())
                .isLessThan(199_000 / 20);
    }

    @Test
    void deniesAllKeysOnceEachIsRemovedAsOftenAsItWasAdded() {
        keys.forEach(sketch::add);
        keys.forEach(sketch::add);
        keys.forEach(sketch::remove);
        assertThat(keys).allMatch(sketch::mayHave);

        keys.forEach(sketch::remove);
        assertThat(keys).noneMatch(sketch::mayHave);
    }

    @Test
    void neverDeniesAKeyThatWasAddedMoreOftenThanItCounts() {
        for (int i = 0; i < 1_000; i++) {
            sketch.add(keys.get(0));
        }
        for (int i = 0; i < 999; i++) {
            sketch.remove(keys.get(0));
        }

        assertThat(sketch.mayHave(keys.get(0))).isTrue();
    }
}
