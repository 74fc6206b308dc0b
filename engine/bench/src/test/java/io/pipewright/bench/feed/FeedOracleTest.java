package io.pipewright.bench.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.bench.feed.EventBlock.Kind;
import io.pipewright.sandbox.TopicRecord;
import io.pipewright.sandbox.cxone.CxoneOracle;
import io.pipewright.sandbox.cxone.CxoneParameters;
import io.pipewright.sandbox.cxone.CxoneResults;
import io.pipewright.sandbox.cxone.FeedPhase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's oracle is compared with the sandbox's, which reads the bytes and shares no code with it. */
class FeedOracleTest {

    /** 25 s of event time a pass, after an opening. */
    private static final FeedSpec SPEC = new FeedSpec(7, 5_000, 300, 8, 0.3, 200, true);

    private final EventBlock block = BlockGenerator.generate(SPEC);

    @TempDir
    Path folder;

    @Test
    void itSaysWhatTheSandboxesOracleSays() throws IOException {
        long events = 13_400;
        Map<ResultKind, Tally> expected = expectedBySandbox(events);

        assertThat(FeedOracle.expect(block, Part.FULL, events)).isEqualTo(expected);
        assertThat(expected.values())
                .filteredOn(tally -> !tally.equals(Tally.NONE))
                .hasSize(4);
        assertThat(expected.get(ResultKind.ALERTS).rows()).isGreaterThan(5);
    }

    @Test
    void anOpeningUpdatesEveryCustomerOnceInTheOrderOfTimeBeforeTheBlock() throws IOException {
        BlockFile file = file();
        List<JsonNode> opening = new ArrayList<>();
        for (long sequence = SPEC.first(); sequence < 0; sequence++) {
            opening.add(new ObjectMapper().readTree(file.line(sequence)));
        }

        assertThat(opening)
                .allSatisfy(
                        event -> assertThat(event.path("recordType").asText()).isEqualTo("customer_update"))
                .extracting(event -> event.path("customerId").asText())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SPEC.customers())
                        .mapToObj(FeedSpec::customerId)
                        .toList());
        assertThat(opening)
                .extracting(event -> event.path("timestamp").asLong())
                .isSorted()
                .allSatisfy(time -> assertThat(time).isLessThan(FeedSpec.START));
        assertThat(opening).extracting(event -> event.path("tier").asText()).containsAll(BlockGenerator.TIERS);
    }

    @Test
    void anOpeningWithoutAnUpdateIsRefused() {
        FeedSpec brief = new FeedSpec(15, 100, 300, 5, 0, 200, true);

        assertThatThrownBy(() -> BlockGenerator.generate(brief)).hasMessageContaining("no update to open with");
    }

    @Test
    void equalSpecificationsGiveEqualBytes() {
        assertThat(BlockGenerator.generate(SPEC).bytes).isEqualTo(block.bytes);
    }

    @Test
    void linesAreAsLongAsThoseOfTheTopic() {
        assertThat(block.bytes.length / (double) block.size()).isBetween(360.0, 400.0);
    }

    @Test
    void aHotChannelHasItsShare() {
        long hot = events(Kind.INTERACTION).stream()
                .filter(i -> block.channel[i] == 0)
                .count();

        assertThat(hot / (double) events(Kind.INTERACTION).size()).isBetween(0.35, 0.43);
    }

    @Test
    void tooFewCustomersAreRefused() {
        FeedSpec crowded = new FeedSpec(1, 5_000, 2, 5, 0, 5_000, false);

        assertThatThrownBy(() -> BlockGenerator.generate(crowded)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Integer> events(Kind kind) {
        List<Integer> events = new ArrayList<>();
        for (int i = 0; i < block.size(); i++) {
            if (block.kind(i) == kind) {
                events.add(i);
            }
        }
        return events;
    }

    private BlockFile file() throws IOException {
        BlockFile.write(block, folder);
        return BlockFile.map(SPEC, folder);
    }

    private Map<ResultKind, Tally> expectedBySandbox(long events) throws IOException {
        BlockFile file = file();
        List<TopicRecord> onTime = new ArrayList<>();
        List<TopicRecord> late = new ArrayList<>();
        for (long sequence = SPEC.first(); sequence < events; sequence++) {
            (file.isLate(sequence) ? late : onTime)
                    .add(new TopicRecord(0, sequence - SPEC.first(), null, file.line(sequence), 0));
        }
        // Late ones are 60 s behind, so it makes no difference to them that all others are read first.
        Instant end = Instant.ofEpochMilli(SPEC.passStart(3));
        CxoneResults results = CxoneOracle.expect(
                List.of(
                        new FeedPhase("on time", onTime, Optional.empty()),
                        new FeedPhase("late", late, Optional.of(end))),
                CxoneParameters.defaults(Instant.now()));
        return tallies(results, onTime);
    }

    private static Map<ResultKind, Tally> tallies(CxoneResults results, List<TopicRecord> sent) {
        Map<ResultKind, Tally> tallies = new EnumMap<>(ResultKind.class);
        for (ResultKind kind : ResultKind.values()) {
            tallies.put(kind, Tally.NONE);
        }
        results.volumes()
                .forEach(row -> add(
                        tallies,
                        ResultKind.VOLUMES,
                        RowHash.volume(
                                row.channel(),
                                row.windowStart().toEpochMilli(),
                                row.windowEnd().toEpochMilli(),
                                row.volume())));
        results.alerts()
                .forEach(row -> add(
                        tallies,
                        ResultKind.ALERTS,
                        RowHash.alert(
                                row.customerId(),
                                row.channel(),
                                row.timestamp().toEpochMilli(),
                                row.failureCount(),
                                row.alertType(),
                                row.tier())));
        results.late()
                .forEach(row -> add(
                        tallies,
                        ResultKind.LATE,
                        RowHash.late(row.stage(), row.eventTime().toEpochMilli())));
        results.deadLetters()
                .forEach(row -> add(tallies, ResultKind.DEAD_LETTERS, deadLetter(row.stage(), row.offset(), sent)));
        return tallies;
    }

    private static long deadLetter(String stage, long offset, List<TopicRecord> sent) {
        byte[] line = sent.stream()
                .filter(record -> record.offset() == offset)
                .findFirst()
                .orElseThrow()
                .value();
        if (stage.equals("events")) {
            return RowHash.malformed(line);
        }
        String text = new String(line, java.nio.charset.StandardCharsets.UTF_8);
        int at = text.indexOf("\"timestamp\":") + "\"timestamp\":".length();
        return RowHash.incomplete(Long.parseLong(text.substring(at, at + Digits.TIME)));
    }

    private static void add(Map<ResultKind, Tally> tallies, ResultKind kind, long hash) {
        tallies.merge(kind, Tally.of(1, hash), Tally::plus);
    }
}
