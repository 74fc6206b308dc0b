package io.pipewright.stages.cep;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import io.pipewright.spi.option.Times;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@code cep}. */
public record CepOptions(
        @Option(
                        doc =
                                "The fields whose values make a key; a pattern is looked for among the events of one key.",
                        change = Change.LOSES)
                List<String> keyBy,
        @Option(doc = "The steps of the pattern, in order.", change = Change.LOSES) List<Step> steps,
        @Option(
                        doc = "How long the whole pattern may take in event time, from its first to its last event,"
                                + " exclusive; without a limit if absent. What runs out goes to `.timedOut`.",
                        least = "1ms",
                        change = Change.LOSES)
                @Nullable
                Duration within,
        @Option(doc = "What becomes of other partial matches when the pattern is found.", change = Change.SPLITS)
                @Nullable
                AfterMatch afterMatch,
        @Option(
                        doc =
                                "What finds the pattern: `auto` takes the fastest that can; `flinkCep` is Flink's own, with"
                                        + " the same results. They keep their state apart: a job that goes over to the other"
                                        + " loses waiting events and partial matches.",
                        defaultValue = "auto",
                        change = Change.LOSES)
                Matcher matcher,
        @Option(
                        doc =
                                "The record that is sent for each match: a name for each expression over the steps. A step is"
                                        + " a list of its events, so `failure[0].channel` and `size(failure)`.")
                Map<String, Expression> emit) {

    public CepOptions {
        keyBy = List.copyOf(keyBy);
        steps = List.copyOf(steps);
        emit = Collections.unmodifiableMap(new LinkedHashMap<>(emit));
    }

    /** One step of the pattern. */
    public record Step(
            @Option(doc = "What expressions call the events of this step.", change = Change.LOSES) String id,
            @Option(
                            doc = "Which events the step takes, as an expression over the event alone; every event if"
                                    + " absent.",
                            change = Change.SPLITS)
                    @Nullable
                    Expression where,
            @Option(
                            doc =
                                    "How the step follows the one before: `next` allows no event between them, `followedBy`"
                                            + " skips events that do not fit. Needed from the second step on.",
                            change = Change.LOSES)
                    @Nullable
                    Contiguity contiguity,
            @Option(
                            doc =
                                    "How many events the step takes: `3`, `2..4` or `1..`, the numbers at most 1000; one if"
                                            + " absent.",
                            change = Change.LOSES)
                    @Nullable
                    Times times,
            @Option(
                            doc =
                                    "How the events of one step that takes several follow each other: `next` or `followedBy`;"
                                            + " `followedBy` if absent.",
                            change = Change.LOSES)
                    @Nullable
                    Contiguity loopContiguity) {}

    /** How an event follows the one before. */
    public enum Contiguity {
        NEXT,
        FOLLOWED_BY
    }

    /** What becomes of other partial matches when the pattern is found. */
    public record AfterMatch(
            @Option(
                            doc =
                                    "`none` keeps all of them, so that matches may overlap; `pastLast` drops those that began"
                                            + " before the last event of the match.",
                            change = Change.SPLITS)
                    Skip skip) {}

    /** Which partial matches are dropped. */
    public enum Skip {
        NONE,
        PAST_LAST
    }

    /** What finds the pattern. */
    public enum Matcher {
        AUTO,
        FLINK_CEP
    }
}
