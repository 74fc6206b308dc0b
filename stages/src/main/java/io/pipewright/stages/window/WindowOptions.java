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
                        doc = "The results: a name for each expression over `count()`, `sum(x)`, `avg(x)`, `min(x)` and"
                                + " `max(x)`, each also with a condition as last argument. Nulls are skipped.",
                        change = Change.SPLITS)
                Map<String, Expression> aggregate) {

    public WindowOptions {
        keyBy = List.copyOf(keyBy);
        aggregate = Collections.unmodifiableMap(new LinkedHashMap<>(aggregate));
    }

    /** How event time is cut into windows. */
    public sealed interface Window extends Serializable permits Tumbling {}

    /** Windows of one size, side by side, aligned to the epoch. */
    @TypeName("tumbling")
    public record Tumbling(
            @Option(
                            doc =
                                    "How long each window is, in whole milliseconds. Windows start at whole multiples of it"
                                            + " since 1970-01-01T00:00:00Z.",
                            least = "1ms",
                            change = Change.LOSES)
                    Duration size)
            implements Window {}
}
