package io.pipewright.stages.lookup;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.stages.lookup.LookupOptions.Cache;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers that still count, by what was asked; used by one thread. Times are in milliseconds, given in. */
final class AnswerCache {

    private static final int FIRST_CAPACITY = 16;
    private static final float LOAD = 0.75f;

    private final long ttl;
    private final Map<DataRecord, Kept> kept;

    /** @param options null to keep nothing */
    AnswerCache(@Nullable Cache options) {
        int most = options == null ? 0 : options.maxEntries();
        ttl = options == null ? 0 : options.ttl().toMillis();
        kept = new LinkedHashMap<>(FIRST_CAPACITY, LOAD, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<DataRecord, Kept> eldest) {
                return size() > most;
            }
        };
    }

    /** An answer, and since when it does not count any more. */
    private record Kept(Answer answer, long until) {}

    /** The answer to a question, null if there is none that counts. */
    @Nullable
    Answer get(DataRecord question, long now) {
        Kept found = kept.get(question);
        if (found == null) {
            return null;
        }
        if (now >= found.until) {
            kept.remove(question);
            return null;
        }
        return found.answer;
    }

    void put(DataRecord question, Answer answer, long now) {
        if (ttl > 0) {
            kept.put(question, new Kept(answer, now + ttl));
        }
    }

    int size() {
        return kept.size();
    }
}
