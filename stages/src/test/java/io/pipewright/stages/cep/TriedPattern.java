package io.pipewright.stages.cep;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import io.pipewright.stages.cep.CepOptions.Skip;
import io.pipewright.stages.cep.CepOptions.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * A pattern over events that are letters, as both sides of a comparison are told of it: as options of the stage, and by
 * hand in Flink CEP's terms. What is found is told as the numbers of the events of each step.
 *
 * @param within in milliseconds; 0 for no limit
 * @param skipTo the step of a skip that goes to one
 */
record TriedPattern(List<TriedPart> parts, long within, Skip skip, String skipTo) {

    static final RecordType EVENT = RecordType.of(
            "Event",
            Field.of("key", Scalar.STRING),
            Field.of("letter", Scalar.STRING),
            Field.of("number", Scalar.LONG));

    private static final String LETTERS = "abc";

    TriedPattern(List<TriedPart> parts, long within, Skip skip) {
        this(parts, within, skip, "");
    }

    /** Of those that the matcher of ours takes. */
    static TriedPattern random(Random random) {
        List<TriedPart> steps = new ArrayList<>();
        int count = 1 + Math.min(random.nextInt(4), random.nextInt(4));
        for (int i = 0; i < count; i++) {
            TriedPart step = TriedPart.step("s" + i, letters(random));
            repeat(step, random);
            steps.add(step.by(random.nextBoolean() ? Contiguity.NEXT : Contiguity.FOLLOWED_BY)
                    .loop(random.nextBoolean() ? LoopContiguity.NEXT : LoopContiguity.FOLLOWED_BY));
        }
        return new TriedPattern(List.copyOf(steps), limit(random), random.nextBoolean() ? Skip.PAST_LAST : Skip.NONE);
    }

    /** Of those that Flink CEP takes, and of some that the stage refuses. */
    static TriedPattern randomOfAll(Random random) {
        List<TriedPart> parts = parts(random, 1 + Math.min(random.nextInt(4), random.nextInt(4)), 0, new ArrayList<>());
        Skip skip = Skip.values()[random.nextInt(Skip.values().length)];
        List<String> takers = parts.stream().flatMap(TriedPart::takers).toList();
        String skipTo = skip.toStep() && !takers.isEmpty() ? takers.get(random.nextInt(takers.size())) : "";
        // Without a limit, what branches at every event has too many matches to compare.
        long limit = Math.max(limit(random), parts.toString().contains("ANY") ? 30 : 0);
        return new TriedPattern(List.copyOf(parts), limit, skip, skipTo);
    }

    /** @param ids of all steps and groups so far */
    private static List<TriedPart> parts(Random random, int count, int depth, List<String> ids) {
        List<TriedPart> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Contiguity contiguity =
                    i == 0 ? Contiguity.FOLLOWED_BY : Contiguity.values()[random.nextInt(Contiguity.values().length)];
            boolean negated = contiguity.negated();
            String id = "s" + ids.size();
            ids.add(id);
            TriedPart part = depth < 2 && !negated && random.nextInt(5) == 0
                    ? TriedPart.group(id, parts(random, 1 + random.nextInt(2), depth + 1, ids))
                    : TriedPart.step(id, letters(random));
            if (!negated) {
                quantify(part, random);
            }
            if (part.takers().toList().equals(List.of(id)) && random.nextInt(5) == 0) {
                TriedPart.Look look = random.nextBoolean() ? TriedPart.Look.PARITY : TriedPart.Look.SECOND;
                part.look(look, ids.get(random.nextInt(ids.size())));
            }
            parts.add(part.by(contiguity));
        }
        return parts;
    }

    private static void quantify(TriedPart part, Random random) {
        boolean open = repeat(part, random);
        part.loop(LoopContiguity.values()[random.nextInt(LoopContiguity.values().length)]);
        if (random.nextInt(5) == 0) {
            part.optional();
        }
        if (random.nextInt(5) == 0) {
            part.greedy();
        }
        if (open && random.nextInt(3) == 0) {
            part.untilSize(random.nextBoolean() ? 2 : 0).until(String.valueOf(letter(random)));
        }
        part.gap(random.nextInt(8) == 0 ? 5L * (1 + random.nextInt(8)) : 0);
    }

    static String letters(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1, 2 -> "ab";
            default -> String.valueOf(letter(random));
        };
    }

    /** Once, a number of times, in a range, or any number of times from some on; whether the number is open. */
    static boolean repeat(TriedPart part, Random random) {
        int least = random.nextInt(3) == 0 ? 2 + random.nextInt(2) : 1;
        int most =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> least + 1 + random.nextInt(2);
                    default -> least;
                };
        part.times(least, most);
        return most == 0;
    }

    static long limit(Random random) {
        return random.nextInt(5) == 0 ? 0 : 5L * (1 + random.nextInt(20));
    }

    static char letter(Random random) {
        return LETTERS.charAt(random.nextInt(LETTERS.length()));
    }

    CepOptions options(CepOptions.Matcher matcher) {
        List<Step> written = new ArrayList<>();
        for (TriedPart part : parts) {
            written.add(part.option(written.isEmpty()));
        }
        Map<String, Expression> emit = new LinkedHashMap<>();
        for (String id : takers()) {
            emit.put(id, new Expression(id + ".map(e, e.number)", "emit." + id));
        }
        return new CepOptions(
                List.of("key"),
                written,
                within == 0 ? null : Duration.ofMillis(within),
                null,
                new CepOptions.AfterMatch(skip, skipTo.isEmpty() ? null : skipTo),
                matcher,
                emit);
    }

    Pattern<DataRecord, DataRecord> written() {
        AfterMatchSkipStrategy strategy =
                switch (skip) {
                    case NONE -> AfterMatchSkipStrategy.noSkip();
                    case TO_NEXT -> AfterMatchSkipStrategy.skipToNext();
                    case PAST_LAST -> AfterMatchSkipStrategy.skipPastLastEvent();
                    case TO_FIRST -> AfterMatchSkipStrategy.skipToFirst(skipTo);
                    case TO_LAST -> AfterMatchSkipStrategy.skipToLast(skipTo);
                };
        Pattern<DataRecord, DataRecord> pattern = PatternByHand.of(parts, strategy);
        return within == 0 ? pattern : pattern.within(Duration.ofMillis(within));
    }

    /** The steps that take events. */
    List<String> takers() {
        return parts.stream().flatMap(TriedPart::takers).toList();
    }

    /** Whether what runs out of time is told of. */
    boolean timesOut() {
        return within > 0 && parts.stream().noneMatch(TriedPart::hasGap);
    }

    /**
     * What a match breaks of what the pattern says about the parts that stand in no group; empty if nothing. It says nothing
     * of matches that are missing.
     *
     * @param match the numbers of the events of each step
     * @param all the letters of all events of the key by their numbers, which are 10 ms apart
     */
    String breachOf(DataRecord match, String all) {
        List<String> takers = takers();
        List<TriedPart> negated = new ArrayList<>();
        TriedPart before = null;
        int first = -1;
        int last = -1;
        String breach = "";
        for (TriedPart part : parts) {
            List<Integer> events = part.takers()
                    .flatMap(id -> ((List<?>) match.get(takers.indexOf(id))).stream())
                    .map(number -> ((Long) number).intValue())
                    .sorted()
                    .toList();
            if (part.isNegated()) {
                negated.add(part);
            } else if (!events.isEmpty()) {
                breach += part.breachOf(events, all);
                if (before != null) {
                    breach += part.breachOfContiguity(last, events.get(0));
                    for (TriedPart not : negated) {
                        breach += not.breachOfNegation(last, events.get(0), all);
                    }
                    breach += before.isGreedy() && before.surelyTakes(all.charAt(events.get(0))) ? "not greedy" : "";
                }
                first = first < 0 ? events.get(0) : first;
                last = events.get(events.size() - 1);
                before = part;
                negated.clear();
            } else if (!part.isOptional() && !part.isGroup()) {
                breach += "a step is absent";
            }
        }
        int end = (int) Math.min(all.length(), first + (within + 9) / 10);
        for (TriedPart not : negated) {
            breach += not.breachOfNegation(last, end, all);
        }
        return within > 0 && (last - first) * 10L >= within ? breach + "too long" : breach;
    }

    /** Whether a match is found when its time is over. */
    boolean endsWithLimit() {
        return parts.get(parts.size() - 1).endsWithLimit();
    }

    /** The end of the time of a match, by the times of the events. */
    long limit(DataRecord match, Map<Long, Long> times) {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < match.size(); i++) {
            for (Object number : (List<?>) match.get(i)) {
                first = Math.min(first, times.get(number));
            }
        }
        return first + within;
    }

    boolean isAmbiguous() {
        return parts.stream().anyMatch(TriedPart::isAmbiguous);
    }

    /** The type of what is found. */
    RecordType found() {
        List<Field> fields = new ArrayList<>();
        for (String id : takers()) {
            fields.add(Field.of(id, new ListType(Scalar.LONG)));
        }
        return new RecordType("numbers", fields);
    }

    /** The same of a record of the stage's port {@code timedOut}, which holds the events themselves. */
    static DataRecord numbersOf(DataRecord timedOut) {
        Object[] numbers = new Object[timedOut.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((List<?>) timedOut.get(i))
                    .stream().map(event -> ((DataRecord) event).get(2)).toList();
        }
        return new DataRecord(numbers, null);
    }

    /** Tells what Flink CEP finds. */
    static final class Numbers extends PatternProcessFunction<DataRecord, DataRecord>
            implements TimedOutPartialMatchHandler<DataRecord> {

        private static final long serialVersionUID = 1L;

        private final List<String> steps;
        private final OutputTag<DataRecord> timedOut;

        Numbers(List<String> steps, OutputTag<DataRecord> timedOut) {
            this.steps = steps;
            this.timedOut = timedOut;
        }

        @Override
        public void processMatch(Map<String, List<DataRecord>> match, Context context, Collector<DataRecord> out) {
            out.collect(numbers(match));
        }

        @Override
        public void processTimedOutMatch(Map<String, List<DataRecord>> match, Context context) {
            context.output(timedOut, numbers(match));
        }

        private DataRecord numbers(Map<String, List<DataRecord>> match) {
            Object[] numbers = new Object[steps.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = match.getOrDefault(steps.get(i), List.of()).stream()
                        .map(event -> event.get(2))
                        .toList();
            }
            return new DataRecord(numbers, null);
        }
    }
}
