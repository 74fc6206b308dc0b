package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveEntriesTest {

    private static final int KEYS = 5_000;

    private final Runs.Pattern pattern = new Runs.Pattern(SequenceTable.of(List.of()), CepPlan.NO_LIMIT, true);
    private final LiveEntries entries = new LiveEntries();
    private final Map<RecordKey, LiveEntry> expected = new LinkedHashMap<>(16, 0.75f, true);

    @Test
    void holdsWhatAMapInOrderOfUseHolds() {
        Random random = new Random(1);
        for (int i = 0; i < 40_000; i++) {
            RecordKey key = RecordKey.of("customer-" + random.nextInt(KEYS));
            LiveEntry known = entries.get(key);
            assertThat(known).isSameAs(expected.containsKey(key) ? expected.get(key) : null);
            if (known == null) {
                LiveEntry entry = new LiveEntry(key, new Runs(pattern), null, false, i);
                entries.add(entry);
                expected.put(key, entry);
            } else if (random.nextInt(3) == 0) {
                entries.remove(known);
                expected.remove(key);
            } else {
                entries.use(known);
            }
        }

        assertThat(expected).hasSizeGreaterThan(KEYS / 2);
        assertThat(eldestFirst()).containsExactlyElementsOf(expected.values());
    }

    @Test
    void isEmptyOnceTheEldestWasRemovedUntilThereIsNone() {
        for (int i = 0; i < KEYS; i++) {
            entries.add(new LiveEntry(RecordKey.of(i), new Runs(pattern), null, false, i));
        }

        LiveEntry eldest = entries.eldest();
        for (int i = 0; eldest != null; i++) {
            assertThat(eldest.lookedAt).isEqualTo(i);
            entries.remove(eldest);
            eldest = entries.eldest();
        }

        assertThat(entries.get(RecordKey.of(KEYS - 1))).isNull();
    }

    private List<LiveEntry> eldestFirst() {
        List<LiveEntry> all = new ArrayList<>();
        for (LiveEntry entry = entries.eldest(); entry != null; entry = entry.newer) {
            all.add(entry);
        }
        return all;
    }
}
