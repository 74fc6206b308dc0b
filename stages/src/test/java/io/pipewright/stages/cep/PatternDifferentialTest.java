package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import io.pipewright.stages.cep.CepOptions.Matcher;
import io.pipewright.stages.cep.CepOptions.Skip;
import io.pipewright.stages.harness.TestPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flink CEP alone can find: each feature by itself, and all of them by chance, against patterns written by hand. */
class PatternDifferentialTest {

    private static final int EVENTS = 70;

    private static TriedPart a(String id) {
        return TriedPart.step(id, "a");
    }

    private static TriedPart b(String id) {
        return TriedPart.step(id, "b");
    }

    private static TriedPart c(String id) {
        return TriedPart.step(id, "c");
    }

    private static TriedPart any(String id) {
        return TriedPart.step(id, "");
    }

    private static TriedPattern pattern(TriedPart... parts) {
        return new TriedPattern(List.of(parts), 80, Skip.NONE);
    }

    private static TriedPattern skipping(Skip skip, String step, TriedPart... parts) {
        return new TriedPattern(List.of(parts), 80, skip, step);
    }

    /** By name. */
    static Map<String, TriedPattern> features() {
        Map<String, TriedPattern> all = new LinkedHashMap<>();
        for (Contiguity contiguity : Contiguity.values()) {
            all.put(contiguity.text(), pattern(a("s0"), b("s1").by(contiguity), any("s2")));
            all.put(contiguity.text() + " last", pattern(a("s0"), b("s1").by(contiguity)));
        }
        for (LoopContiguity loop : LoopContiguity.values()) {
            all.put("range " + loop, pattern(a("s0").times(2, 4).loop(loop), b("s1")));
            all.put("open " + loop, pattern(a("s0"), b("s1").times(1, 0).loop(loop), c("s2")));
            all.put("fixed " + loop, pattern(a("s0"), any("s1").times(2, 2).loop(loop), c("s2")));
            all.put(
                    "group " + loop,
                    pattern(
                            TriedPart.group("g", List.of(any("s0"), b("s1")))
                                    .times(2, 2)
                                    .loop(loop),
                            c("s2")));
            all.put(
                    "varying group " + loop,
                    pattern(
                            any("s0"),
                            TriedPart.group("g", List.of(a("s1"), b("s2")))
                                    .times(1, 3)
                                    .loop(loop)));
        }
        all.put(
                "open group",
                pattern(
                        TriedPart.group("g", List.of(any("s0"), b("s1")))
                                .times(1, 0)
                                .loop(LoopContiguity.NEXT),
                        c("s2")));
        all.put("optional", pattern(a("s0"), b("s1").optional(), c("s2")));
        all.put("optional and open", pattern(a("s0"), b("s1").times(1, 0).optional(), c("s2")));
        all.put("optional last", pattern(a("s0"), b("s1").optional().by(Contiguity.NEXT)));
        all.put(
                "greedy",
                pattern(a("s0"), TriedPart.step("s1", "ab").times(1, 0).greedy(), b("s2")));
        all.put("greedy range", pattern(TriedPart.step("s0", "ab").times(1, 3).greedy(), b("s1")));
        all.put("until", pattern(a("s0"), any("s1").times(1, 0).until("c"), any("s2")));
        all.put(
                "until greedy",
                pattern(TriedPart.step("s0", "ab").times(1, 0).greedy().until("c"), any("s1")));
        all.put("until that looks back", pattern(any("s0").times(1, 0).untilSize(2), any("s1")));
        all.put("skip to next", skipping(Skip.TO_NEXT, "", a("s0").times(1, 0), b("s1")));
        all.put("skip past last", skipping(Skip.PAST_LAST, "", a("s0").times(1, 0), b("s1")));
        all.put("skip to first", skipping(Skip.TO_FIRST, "s1", any("s0"), a("s1").times(1, 0), b("s2")));
        all.put("skip to last", skipping(Skip.TO_LAST, "s1", any("s0"), a("s1").times(1, 0), b("s2")));
        all.put("gap", pattern(a("s0"), b("s1").gap(20), c("s2").gap(30)));
        all.put("gap without a limit", new TriedPattern(List.of(a("s0"), b("s1").gap(20)), 0, Skip.NONE));
        all.put(
                "group",
                pattern(a("s0"), TriedPart.group("g", List.of(b("s1"), c("s2"))).by(Contiguity.NEXT)));
        all.put(
                "optional group",
                pattern(a("s0"), TriedPart.group("g", List.of(b("s1"), c("s2"))).optional(), a("s3")));
        all.put(
                "group in a group",
                pattern(TriedPart.group(
                                "g",
                                List.of(
                                        a("s0"),
                                        TriedPart.group("h", List.of(b("s1"), any("s2")))
                                                .times(1, 2)
                                                .loop(LoopContiguity.NEXT)))
                        .times(1, 2)));
        all.put(
                "group until",
                pattern(
                        TriedPart.group("g", List.of(a("s0"), any("s1")))
                                .times(1, 0)
                                .loop(LoopContiguity.NEXT)
                                .until("c"),
                        any("s2")));
        all.put("look back", pattern(a("s0").times(1, 3), any("s1").look(TriedPart.Look.PARITY, "s0")));
        all.put("look back at itself", pattern(any("s0").times(2, 4).look(TriedPart.Look.PARITY, "s0"), b("s1")));
        all.put("look back that fails", pattern(any("s0").times(1, 3), b("s1").look(TriedPart.Look.SECOND, "s0")));
        all.put(
                "negated look back",
                pattern(a("s0"), b("s1").by(Contiguity.NOT_FOLLOWED_BY).look(TriedPart.Look.PARITY, "s0"), c("s2")));
        return all;
    }

    static List<String> names() {
        return List.copyOf(features().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachFeatureFindsWhatFlinkFinds(String name) {
        TriedPattern pattern = features().get(name);
        assertThat(problems(pattern)).allMatch(problem -> problem.startsWith("warning "));
        int found = 0;
        for (long seed = 0; seed < 2; seed++) {
            found += CepDifferentialTest.compare(pattern, Matcher.AUTO, new Random(seed), EVENTS);
        }
        assertThat(found).as("what was found").isPositive();
    }

    static List<Long> seeds() {
        return LongStream.range(0, 10).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void patternsOfAllFeaturesFindWhatFlinkFinds(long seed) {
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 4; i++) {
            found += CepDifferentialTest.compare(accepted(random), Matcher.AUTO, random, EVENTS);
        }
        assertThat(found).as("what was found").isPositive();
    }

    /** Flink's compiler throws at what it refuses. */
    @Test
    void whatTheStageAcceptsFlinkCompiles() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            TriedPattern pattern = accepted(random);
            assertThat(NFACompiler.compileFactory(pattern.written(), true))
                    .as("%s", pattern)
                    .isNotNull();
        }
    }

    /** Without what the stage refuses, Flink CEP tells each match once, and no match that is none. */
    @Test
    void matchesOfWhatTheStageAcceptsObeyIt() throws Exception {
        Random random = new Random(2);
        int found = 0;
        for (int i = 0; i < 300; i++) {
            TriedPattern pattern = accepted(random);
            String letters = letters(random);
            List<DataRecord> matches = matches(pattern, letters);
            assertThat(matches).as("%s over %s", pattern, letters).allSatisfy(match -> assertThat(
                            pattern.breachOf(match, letters))
                    .isEmpty());
            if (!pattern.isAmbiguous()) {
                assertThat(matches).as("%s over %s", pattern, letters).doesNotHaveDuplicates();
            }
            found += matches.isEmpty() ? 0 : 1;
        }
        assertThat(found).as("patterns with matches").isGreaterThan(100);
    }

    private static String letters(Random random) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            letters.append(TriedPattern.letter(random));
        }
        return letters.toString();
    }

    /** What Flink CEP finds in events of one key that come in order, 10 ms apart. */
    private static List<DataRecord> matches(TriedPattern tried, String letters) throws Exception {
        RecordKeySelector key = new RecordKeySelector(TriedPattern.EVENT, List.of("key"));
        Pattern<DataRecord, DataRecord> pattern = tried.written();
        CepOperator<DataRecord, RecordKey, DataRecord> operator = new CepOperator<>(
                new RecordSerializer(TriedPattern.EVENT),
                false,
                NFACompiler.compileFactory(pattern, true),
                null,
                pattern.getAfterMatchSkipStrategy(),
                new TriedPattern.Numbers(tried.takers(), new OutputTag<>("timedOut", RecordTypeInfo.of(tried.found()))),
                null);
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, key, key.getProducedType())) {
            harness.setup(new RecordSerializer(tried.found()));
            harness.open();
            for (int i = 0; i < letters.length(); i++) {
                long time = 1000 + i * 10L;
                DataRecord event = DataRecord.of("k", letters.substring(i, i + 1), (long) i);
                harness.processElement(new StreamRecord<>(event, time));
                harness.processWatermark(new Watermark(time));
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);
            return harness.extractOutputStreamRecords().stream()
                    .<DataRecord>map(StreamRecord::getValue)
                    .toList();
        }
    }

    private static TriedPattern accepted(Random random) {
        TriedPattern pattern = TriedPattern.randomOfAll(random);
        while (!isAccepted(pattern)) {
            pattern = TriedPattern.randomOfAll(random);
        }
        return pattern;
    }

    private static boolean isAccepted(TriedPattern pattern) {
        return problems(pattern).stream().allMatch(problem -> problem.startsWith("warning "));
    }

    private static List<String> problems(TriedPattern pattern) {
        TestPlan plan = TestPlan.from(TriedPattern.EVENT);
        new CepType().plan(pattern.options(Matcher.AUTO), plan);
        return new ArrayList<>(plan.problems());
    }
}
