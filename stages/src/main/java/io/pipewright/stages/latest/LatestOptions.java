package io.pipewright.stages.latest;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code latest}. */
public record LatestOptions(
        @Option(
                        doc =
                                "The fields that say whom a record is about. The latest one of each key by event time is its"
                                        + " row; equal times are decided by arrival.",
                        change = Change.LOSES)
                List<String> keyBy,
        @Option(
                        doc =
                                "How long a row counts, in event time since it was last updated; then it is deleted. For good"
                                        + " if absent.",
                        least = "1ms",
                        change = Change.SPLITS)
                @Nullable
                Duration ttl) {

    public LatestOptions {
        keyBy = List.copyOf(keyBy);
    }
}
