package io.pipewright.stages.top;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code top}. */
public record TopOptions(
        @Option(
                        doc =
                                "The fields of a group, each of which has a ranking of its own; `[]` is one group for all."
                                        + " Where the input has the fields `windowStart` and `windowEnd` of a `window`, a group has"
                                        + " a ranking for each window, sent once when the window is over.",
                        change = Change.LOSES)
                List<String> keyBy,
        @Option(doc = "How many ranks there are.", least = "1", most = "1000", change = Change.SPLITS) int n,
        @Option(
                        doc =
                                "What decides about the rank, the most important first. A null is behind all values in either"
                                        + " direction.",
                        change = Change.SPLITS)
                List<Order> orderBy,
        @Option(
                        doc =
                                "Among records that are equal in all of `orderBy`: with `first` the earlier one by event time"
                                        + " has the better rank, and each rank is given once; with `all` they share the better rank,"
                                        + " the ranks that they take up are left out, and all that share the last one are kept.",
                        defaultValue = "first",
                        change = Change.SPLITS)
                Ties ties,
        @Option(
                        doc =
                                "How long a ranking counts, in event time since the last record of its group; then its rows are"
                                        + " deleted. For good if absent. Not for windows, whose rankings end with them.",
                        least = "1ms",
                        change = Change.SPLITS)
                @Nullable
                Duration ttl) {

    public TopOptions {
        keyBy = List.copyOf(keyBy);
        orderBy = List.copyOf(orderBy);
    }

    /** One part of the order. */
    public record Order(
            @Option(doc = "A value to order by, as an expression over the fields of the input.") Expression by,
            @Option(doc = "Whether the least or the greatest value is the first.") Direction direction) {}

    /** Which value is the first. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Which of equal records are kept. */
    public enum Ties {
        ALL,
        FIRST
    }
}
