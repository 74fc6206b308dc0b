package io.pipewright.stages.dedupe;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code dedupe}. */
public record DedupeOptions(
        @Option(
                        doc =
                                "The fields that are equal in a record and its duplicates. The first one by event time passes,"
                                        + " the others go to `.duplicates`; equal times are decided by arrival.",
                        change = Change.LOSES)
                List<String> keyBy,
        @Option(
                        doc =
                                "For how long after a record that passed its duplicates are held back, in event time; for good"
                                        + " if absent. The next one after that passes and begins anew.",
                        least = "1ms",
                        change = Change.SPLITS)
                @Nullable
                Duration ttl) {

    public DedupeOptions {
        keyBy = List.copyOf(keyBy);
    }
}
