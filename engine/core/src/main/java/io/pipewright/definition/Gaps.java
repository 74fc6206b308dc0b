package io.pipewright.definition;

import io.pipewright.spi.record.DeclaredRecord;
import java.util.Set;

/**
 * What mistakes have hidden of a pipeline, so that nothing is concluded from its absence.
 *
 * @param reading how the pipeline was read
 * @param entries ids that are there, of entries that are unknown otherwise or are several
 * @param anyEntry whether there may be entries whose ids are unknown
 * @param anyReader whether there may be entries of which it is unknown what they read
 * @param anyVariable whether there may be variables that are unknown
 * @param texts what entries that are unknown hold, among it perhaps what they read
 */
public record Gaps(
        Reading reading,
        Set<String> entries,
        boolean anyEntry,
        boolean anyReader,
        boolean anyVariable,
        Set<String> texts) {

    public Gaps {
        entries = Set.copyOf(entries);
        texts = Set.copyOf(texts);
    }

    /** What stands in for a record that is not there. */
    public DeclaredRecord record() {
        return DeclaredRecord.of(reading.record());
    }
}
