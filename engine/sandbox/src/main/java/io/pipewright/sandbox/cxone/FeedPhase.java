package io.pipewright.sandbox.cxone;

import io.pipewright.sandbox.TopicRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records that are fed together, in this order.
 *
 * @param name to tell people
 * @param afterWatermark if present, the records are late: they may be fed only when the job's watermark is at this time or
 *     after it - that is, when the job has processed all earlier phases
 */
public record FeedPhase(String name, List<TopicRecord> records, Optional<Instant> afterWatermark) {
    /** Copies the records. */
    public FeedPhase {
        records = List.copyOf(records);
    }
}
