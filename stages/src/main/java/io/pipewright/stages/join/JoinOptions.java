package io.pipewright.stages.join;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.TimeDifference;
import io.pipewright.spi.option.TypeName;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@code join}; it has no {@code from}. */
public record JoinOptions(
        @Option(
                        doc =
                                "The two inputs: for each, what expressions call its record, and whose records it reads, such as"
                                        + " `call: calls`. The first is the left one.",
                        change = Change.LOSES)
                Map<String, PortRef> inputs,
        @Option(
                        doc =
                                "For each input the fields that must be equal, in the same order and of the same types. Null is"
                                        + " equal to nothing.",
                        change = Change.LOSES)
                Map<String, List<String>> keyBy,
        @Option(
                        doc =
                                "Which records come out alone where nothing meets them: those of no input with `inner`, of the"
                                        + " first with `left`, of the second with `right`, of both with `full`. They come out when"
                                        + " the watermark has passed everything that they could meet, with their own time; so that"
                                        + " they are not late for others, watermarks leave later by that much. One whose key is null"
                                        + " comes out at once.",
                        defaultValue = "inner",
                        change = Change.SPLITS)
                Kind kind,
        @Option(
                        doc =
                                "How far apart the times of two records may be that meet; needed unless `window` is there.",
                        change = Change.SPLITS)
                @Nullable
                Within within,
        @Option(
                        doc =
                                "Spans of event time: two records meet in each that both are in, with a row for each, and one"
                                        + " comes out alone in each in which nothing meets it. Needed unless `within` is there."
                                        + " Expressions may then name `windowStart` and `windowEnd`.",
                        change = Change.SPLITS)
                @Nullable
                Window window,
        @Option(
                        doc =
                                "The fields of the rows: a name for each expression over the records of both inputs, such as"
                                        + " `score: survey.score`. The fields of an input that may be absent are nullable. A row has"
                                        + " the time of its later record.")
                Map<String, Expression> select) {

    public JoinOptions {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        keyBy = Collections.unmodifiableMap(new LinkedHashMap<>(keyBy));
        select = Collections.unmodifiableMap(new LinkedHashMap<>(select));
    }

    /** Which records come out alone. */
    public enum Kind {
        INNER,
        LEFT,
        RIGHT,
        FULL
    }

    /** The bounds of the difference of two times. */
    public record Within(
            @Option(
                            doc =
                                    "The input after whose records those of the other one are looked for: differences are the"
                                            + " other's time minus its time.",
                            change = Change.SPLITS)
                    String after,
            @Option(
                            doc =
                                    "The least difference, which still counts; with a minus the other may be earlier: `-5s`.",
                            defaultValue = "0s",
                            change = Change.SPLITS)
                    TimeDifference from,
            @Option(doc = "The greatest difference, which still counts, such as `20s`.", change = Change.SPLITS)
                    TimeDifference to) {}

    /** How event time is cut into windows. */
    public sealed interface Window extends Serializable permits Tumbling, Sliding, Cumulative {}

    /** Windows of one size, side by side. */
    @TypeName("tumbling")
    public record Tumbling(
            @Option(
                            doc =
                                    "How long each window is, in whole milliseconds. Windows start at whole multiples of it"
                                            + " since 1970-01-01T00:00:00Z.",
                            least = "1ms",
                            change = Change.SPLITS)
                    Duration size)
            implements Window {}

    /** Windows of one size, a new one every so often. */
    @TypeName("sliding")
    public record Sliding(
            @Option(doc = "How long each window is, in whole milliseconds.", least = "1ms", change = Change.SPLITS)
                    Duration size,
            @Option(
                            doc =
                                    "How long after each other windows start, at most `size`. They start at whole multiples of it"
                                            + " since 1970-01-01T00:00:00Z.",
                            least = "1ms",
                            change = Change.SPLITS)
                    Duration slide)
            implements Window {}

    /** Windows that begin together, each a step longer than the one before. */
    @TypeName("cumulative")
    public record Cumulative(
            @Option(
                            doc =
                                    "How long the longest window is, in whole milliseconds; a multiple of `step`. Windows start at"
                                            + " whole multiples of it since 1970-01-01T00:00:00Z.",
                            least = "1ms",
                            change = Change.SPLITS)
                    Duration size,
            @Option(doc = "How much longer each window is than the one before.", least = "1ms", change = Change.SPLITS)
                    Duration step)
            implements Window {}
}
