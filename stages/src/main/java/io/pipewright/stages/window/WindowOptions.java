package io.pipewright.stages.window;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import io.pipewright.spi.option.TypeName;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@code window}. */
public record WindowOptions(
        @Option(
                        doc =
                                "The fields whose values make a group; `[]` is one group for all records. Null is a group of"
                                        + " its own.",
                        change = Change.LOSES)
                List<String> keyBy,
        @Option(doc = "The spans of event time that are aggregated.", change = Change.LOSES) Window window,
        @Option(
                        doc =
                                "How long after its end, in event time, a window still takes records. Each one makes it send"
                                        + " its row again, with a higher `firing`; later ones go to `.late`.",
                        defaultValue = "0s",
                        change = Change.SPLITS)
                Duration allowedLateness,
        @Option(
                        doc =
                                "The results: a name for each expression over `count()`, `sum(x)`, `avg(x)`, `min(x)`, `max(x)`,"
                                        + " `countDistinct(x)`, `first(x)`, `last(x)`, `argMax(x, by)`, `argMin(x, by)`,"
                                        + " `percentile(x, 0.95)` and `collect(x, limit)`, each also with a condition as last"
                                        + " argument. Nulls are skipped.",
                        change = Change.SPLITS)
                Map<String, Expression> aggregate,
        @Option(
                        doc =
                                "How often a window that has changed sends its row before it ends, each time with a higher"
                                        + " `firing`: when the watermark reaches the next multiple of this since"
                                        + " 1970-01-01T00:00:00Z. What such a row holds depends on what has come by then."
                                        + " Without it a window sends its row when it has ended.",
                        least = "1ms",
                        change = Change.SPLITS)
                @Nullable
                Duration emitEvery,
        @Option(
                        doc =
                                "Whether `countDistinct` and `percentile` are estimates from sketches of a few kilobytes in place of"
                                        + " every value. A count is exact up to 256 different values, and beyond that within 5 % of"
                                        + " the exact one in 99.7 % of cases; a percentile, of numbers and durations alone, is"
                                        + " within 1 % of the exact value, and rounded where the field is. Both are the same for the same records in any order.",
                        defaultValue = "false",
                        change = Change.SPLITS)
                boolean approximate) {

    private static final String ZONE = "The time zone whose days the windows are made of, such as `Europe/Berlin`; the"
            + " durations are then whole days, and a day has 23 or 25 hours where clocks are set. Without it"
            + " windows are cut in UTC.";

    public WindowOptions {
        keyBy = List.copyOf(keyBy);
        aggregate = Collections.unmodifiableMap(new LinkedHashMap<>(aggregate));
    }

    /** Windows with exact results that send no rows before they end. */
    public WindowOptions(
            List<String> keyBy, Window window, Duration allowedLateness, Map<String, Expression> aggregate) {
        this(keyBy, window, allowedLateness, aggregate, null, false);
    }

    /** How event time is cut into windows. */
    public sealed interface Window extends Serializable permits Tumbling, Sliding, Session, Cumulative, Global {}

    /** Windows of one size, side by side. */
    @TypeName("tumbling")
    public record Tumbling(
            @Option(
                            doc =
                                    "How long each window is, in whole milliseconds. Windows start at whole multiples of it"
                                            + " since 1970-01-01T00:00:00Z.",
                            least = "1ms",
                            change = Change.LOSES)
                    Duration size,
            @Option(
                            doc =
                                    "How much later than that windows start; less than `size`. With `zone`, how long after"
                                            + " midnight by its clocks.",
                            defaultValue = "0s",
                            change = Change.LOSES)
                    Duration offset,
            @Option(doc = ZONE, change = Change.LOSES) @Nullable String zone)
            implements Window {

        /** Windows that start at multiples of their size since the epoch. */
        public Tumbling(Duration size) {
            this(size, Duration.ZERO, null);
        }
    }

    /** Windows of one size, a new one every so often. */
    @TypeName("sliding")
    public record Sliding(
            @Option(doc = "How long each window is, in whole milliseconds.", least = "1ms", change = Change.LOSES)
                    Duration size,
            @Option(
                            doc =
                                    "How long after each other windows start, at most `size`, which need not be a multiple of"
                                            + " it. They start at whole multiples of it since 1970-01-01T00:00:00Z. A record that comes"
                                            + " after some of its windows is counted in the others.",
                            least = "1ms",
                            change = Change.LOSES)
                    Duration slide,
            @Option(
                            doc =
                                    "How much later than that windows start; less than `slide`. With `zone`, how long after"
                                            + " midnight by its clocks.",
                            defaultValue = "0s",
                            change = Change.LOSES)
                    Duration offset,
            @Option(doc = ZONE, change = Change.LOSES) @Nullable String zone)
            implements Window {}

    /** Windows that last as long as a group has no pause. */
    @TypeName("session")
    public record Session(
            @Option(
                            doc =
                                    "The pause that ends a session; after just this long a record still belongs to it. The window"
                                            + " is from the first record to the last one and `gap` more.",
                            least = "1ms",
                            change = Change.LOSES)
                    Duration gap,
            @Option(
                            doc =
                                    "How long a session is at most, no less than `gap`. It ends there, and the next record begins"
                                            + " another; so that its start is known, records wait for the watermark to reach"
                                            + " them. Without it a session lasts as long as records come.",
                            least = "1ms",
                            change = Change.LOSES)
                    @Nullable
                    Duration maxLength)
            implements Window {}

    /** Windows that grow by steps from one start, and start anew after some time. */
    @TypeName("cumulative")
    public record Cumulative(
            @Option(
                            doc =
                                    "How long the longest window is, in whole milliseconds; a multiple of `step`. Windows start at"
                                            + " whole multiples of it since 1970-01-01T00:00:00Z.",
                            least = "1ms",
                            change = Change.LOSES)
                    Duration size,
            @Option(
                            doc =
                                    "How much longer each window is than the one before: with `size: 1d` and `step: 1h` every"
                                            + " hour has a window from the start of the day on.",
                            least = "1ms",
                            change = Change.LOSES)
                    Duration step,
            @Option(
                            doc =
                                    "How much later than that windows start; less than `step`. With `zone`, how long after"
                                            + " midnight by its clocks.",
                            defaultValue = "0s",
                            change = Change.LOSES)
                    Duration offset,
            @Option(doc = ZONE, change = Change.LOSES) @Nullable String zone)
            implements Window {}

    /**
     * One window for all time. Its row has neither {@code windowStart} nor {@code windowEnd}; it is sent when the input
     * ends, and with {@code emitEvery} whenever it has changed.
     */
    @TypeName("global")
    public record Global() implements Window {}
}
