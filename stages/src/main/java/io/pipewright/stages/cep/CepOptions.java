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
        @Option(
                        doc = "How long after the event before it the event of each step may be, exclusive; without a"
                                + " limit if absent. Partial matches that run out are then known only when the next"
                                + " event of the key comes, so there is no `.timedOut`.",
                        least = "1ms",
                        change = Change.LOSES)
                @Nullable
                Duration withinGap,
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

    /** One step of the pattern, or a group of steps. */
    public record Step(
            @Option(doc = "What expressions call the events of this step.", change = Change.LOSES) String id,
            @Option(
                            doc = "Which events the step takes, as an expression over the event; every event if absent."
                                    + " It may look back: a step is the list of its events so far, without the one that"
                                    + " is looked at.",
                            change = Change.SPLITS)
                    @Nullable
                    Expression where,
            @Option(
                            doc =
                                    "Makes a group, in place of `where`: steps that follow, repeat and are left out as one."
                                            + " They have the same options.",
                            change = Change.LOSES)
                    @Nullable
                    List<Step> steps,
            @Option(
                            doc =
                                    "How the step follows the one before: `next` allows no event between them, `followedBy`"
                                            + " skips events that do not fit, `followedByAny` may skip those that fit too."
                                            + " `notNext` and `notFollowedBy` say what must not come; `notFollowedBy` as the last"
                                            + " is known when `within` is over, and the match then has that time. Needed from the"
                                            + " second step on, also in a group.",
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
                                    "How the events of one step that takes several follow each other: `next`, `followedBy` or"
                                            + " `followedByAny`; `followedBy` if absent.",
                            change = Change.LOSES)
                    @Nullable
                    LoopContiguity loopContiguity,
            @Option(
                            doc = "Whether the pattern is also found without the step.",
                            defaultValue = "false",
                            change = Change.LOSES)
                    boolean optional,
            @Option(
                            doc =
                                    "Whether a step that repeats keeps an event that the step after it would take too, and so"
                                            + " takes as many as it can.",
                            defaultValue = "false",
                            change = Change.LOSES)
                    boolean greedy,
            @Option(
                            doc =
                                    "Which event ends a step of `1..` or more, as an expression like `where`; the step takes"
                                            + " neither it nor later ones.",
                            change = Change.LOSES)
                    @Nullable
                    Expression until,
            @Option(
                            doc = "How long after the event before it the event of this step may be, exclusive; the"
                                    + " pattern's `withinGap` if absent.",
                            least = "1ms",
                            change = Change.LOSES)
                    @Nullable
                    Duration withinGap) {

        public Step {
            steps = steps == null ? null : List.copyOf(steps);
        }

        /** Whether it is a group of steps. */
        boolean isGroup() {
            return steps != null;
        }

        /** The steps of a group, none of a step. */
        List<Step> inside() {
            return steps == null ? List.of() : steps;
        }

        boolean negated() {
            return contiguity != null && contiguity.negated();
        }

        /** Whether it has no fixed number of times. */
        boolean varies() {
            return times != null && !Times.exactly(times.min()).equals(times);
        }

        /** Whether it may take any number of events from some on. */
        boolean isOpen() {
            return times != null && times.max() == null;
        }
    }

    /** How an event follows the one before. */
    public enum Contiguity {
        NEXT("next"),
        FOLLOWED_BY("followedBy"),
        FOLLOWED_BY_ANY("followedByAny"),
        NOT_NEXT("notNext"),
        NOT_FOLLOWED_BY("notFollowedBy");

        private final String text;

        Contiguity(String text) {
            this.text = text;
        }

        /** As authors write it. */
        String text() {
            return text;
        }

        boolean negated() {
            return this == NOT_NEXT || this == NOT_FOLLOWED_BY;
        }
    }

    /** How the events of one step follow each other. */
    public enum LoopContiguity {
        NEXT,
        FOLLOWED_BY,
        FOLLOWED_BY_ANY
    }

    /** What becomes of other partial matches when the pattern is found. */
    public record AfterMatch(
            @Option(
                            doc =
                                    "`none` keeps all of them, so that matches may overlap; `toNext` drops those that began"
                                            + " with the same event; `pastLast` those that began before the last event of the"
                                            + " match; `toFirst` and `toLast` those that began before the first or the last"
                                            + " event of `step`.",
                            change = Change.SPLITS)
                    Skip skip,
            @Option(doc = "The step of `toFirst` and `toLast`.", change = Change.SPLITS) @Nullable String step) {}

    /** Which partial matches are dropped. */
    public enum Skip {
        NONE("none"),
        TO_NEXT("toNext"),
        PAST_LAST("pastLast"),
        TO_FIRST("toFirst"),
        TO_LAST("toLast");

        private final String text;

        Skip(String text) {
            this.text = text;
        }

        /** As authors write it. */
        String text() {
            return text;
        }

        boolean toStep() {
            return this == TO_FIRST || this == TO_LAST;
        }
    }

    /** What finds the pattern. */
    public enum Matcher {
        AUTO,
        FLINK_CEP
    }
}
