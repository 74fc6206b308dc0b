package io.pipewright.sandbox.cxone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.sandbox.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CxoneOracleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long T = NOW.minusSeconds(600).toEpochMilli();
    private static final CxoneParameters PARAMETERS = CxoneParameters.defaults(NOW);

    private final List<TopicRecord> records = new ArrayList<>();

    @Test
    void volumesAreCountedPerChannelAndWindow() {
        call("c1", "VOICE", "SUCCESS", 0);
        call("c2", "VOICE", "SUCCESS", 9_999);
        call("c2", "CHAT", "SUCCESS", 10_000);
        add("{\"recordType\":\"interaction\",\"interactionId\":\"x\",\"channel\":\"VOICE\",\"timestamp\":%d}"
                .formatted(T + 10_001));
        assertThat(results().volumes())
                .containsExactlyInAnyOrder(
                        volume("VOICE", 0, 10_000, 2),
                        volume("CHAT", 10_000, 20_000, 1),
                        volume("VOICE", 10_000, 20_000, 1));
    }

    private static VolumeRow volume(String channel, long from, long to, long volume) {
        return new VolumeRow(channel, Instant.ofEpochMilli(T + from), Instant.ofEpochMilli(T + to), volume);
    }

    @Test
    void threeFailuresAndACallbackRaiseAnAlertWithTheTierOfThatTime() {
        profile("c1", "SILVER", 100);
        call("c1", "VOICE", "FAILURE", 1_000);
        call("c1", "CHAT", "FAILURE", 2_000);
        call("c1", "VOICE", "FAILURE", 3_000);
        profile("c1", "BRONZE", 4_001);
        profile("c1", "GOLD", 4_000);
        call("c1", "SMS", "CALLBACK_REQUEST", 4_000);
        assertThat(results().alerts()).containsExactly(alert("c1", "SMS", 4_000, "GOLD"));
    }

    @Test
    void anUnknownCustomerHasTierUnknown() {
        failures("c1", 1_000, 2_000, 3_000);
        call("c1", "SMS", "CALLBACK_REQUEST", 4_000);
        profile("c1", "GOLD", 4_001);
        assertThat(results().alerts()).containsExactly(alert("c1", "SMS", 4_000, "UNKNOWN"));
    }

    @Test
    void theCallbackMustComeWithinTheLimitExclusive() {
        failures("c1", 0, 1_000, 2_000);
        failures("c2", 1, 1_001, 2_001);
        call("c1", "SMS", "CALLBACK_REQUEST", 30_000);
        call("c2", "SMS", "CALLBACK_REQUEST", 30_000);
        assertThat(results().alerts()).containsExactly(alert("c2", "SMS", 30_000, "UNKNOWN"));
    }

    @Test
    void anythingBetweenBreaksThePatternButAProfileDoesNot() {
        failures("c1", 0, 1_000);
        call("c1", "VOICE", "SUCCESS", 1_500);
        call("c1", "VOICE", "FAILURE", 2_000);
        call("c1", "SMS", "CALLBACK_REQUEST", 3_000);
        failures("c2", 5_000, 6_000, 7_000);
        profile("c2", "GOLD", 7_500);
        call("c2", "SMS", "CALLBACK_REQUEST", 8_000);
        assertThat(results().alerts()).containsExactly(alert("c2", "SMS", 8_000, "GOLD"));
    }

    @Test
    void aFourthFailureTakesTheFirstOnesPlace() {
        failures("c1", 0, 20_000, 21_000, 22_000);
        call("c1", "SMS", "CALLBACK_REQUEST", 31_000);
        assertThat(results().alerts()).containsExactly(alert("c1", "SMS", 31_000, "UNKNOWN"));
    }

    @Test
    void eventsCountInTheOrderOfTheirTimesAndTiesInThatOfTheirArrival() {
        call("c1", "SMS", "CALLBACK_REQUEST", 1_400);
        failures("c1", 1_100, 1_000, 1_200);
        failures("c2", 2_000, 2_000, 2_000);
        call("c2", "SMS", "CALLBACK_REQUEST", 2_000);
        failures("c3", 3_000, 3_000);
        call("c3", "SMS", "CALLBACK_REQUEST", 3_000);
        failures("c3", 3_000);
        assertThat(results().alerts())
                .containsExactlyInAnyOrder(alert("c1", "SMS", 1_400, "UNKNOWN"), alert("c2", "SMS", 2_000, "UNKNOWN"));
    }

    @Test
    void theNumberOfFailuresIsAParameter() {
        failures("c1", 0, 1_000);
        call("c1", "SMS", "CALLBACK_REQUEST", 2_000);
        CxoneResults two = CxoneOracle.expect(List.of(onTime()), PARAMETERS.withFailures(2));
        assertThat(two.alerts()).extracting(AlertRow::failureCount).containsExactly(2);
        assertThat(results().alerts()).isEmpty();
    }

    private void failures(String customer, long... times) {
        for (long time : times) {
            call(customer, "VOICE", "FAILURE", time);
        }
    }

    private static AlertRow alert(String customer, String channel, long time, String tier) {
        return new AlertRow(customer, channel, Instant.ofEpochMilli(T + time), 3, "REPEATED_FAILURE_CALLBACK", tier);
    }

    @Test
    void whatIsNoEventIsRefusedWithItsBytes() {
        add("{oops");
        add("  \n");
        add("{\"recordType\":\"interaction\",\"timestamp\":\"x\"}");
        add("{\"recordType\":\"interaction\",\"timestamp\":1.5}");
        add("{\"recordType\":\"interaction\",\"timestamp\":9223372036854775808}");
        add("{\"channel\":\"VOICE\"}");
        add("{} {}");
        add("{\"recordType\":\"interaction\",\"interactionId\":\"x\",\"channel\":\"VOICE\",\"timestamp\":%d}"
                .formatted(NOW.toEpochMilli() + 600_001));
        records.add(new TopicRecord(0, records.size(), null, new byte[] {'"', (byte) 0xC0, '"'}, T));
        CxoneResults results = results();
        assertThat(results.deadLetters())
                .extracting(d -> d.stage() + d.offset())
                .containsExactlyInAnyOrder(
                        "events0", "events2", "events3", "events4", "events5", "events6", "events7", "events8");
        assertThat(results.deadLetters())
                .contains(new DeadLetterRow(
                        "events", 0, 0, Base64.getEncoder().encodeToString("{oops".getBytes(StandardCharsets.UTF_8))));
        assertThat(results.volumes()).isEmpty();
    }

    @Test
    void whatItsRouteCannotTakeIsRefusedThere() {
        add("{\"recordType\":\"interaction\",\"interactionId\":\"x\",\"timestamp\":%d}".formatted(T));
        add("{\"recordType\":\"interaction\",\"interactionId\":\"x\",\"channel\":\"VOICE\"}");
        add("{\"recordType\":\"customer_update\",\"customerId\":\"x\",\"region\":\"EU\",\"timestamp\":%d}"
                .formatted(T));
        add("{\"recordType\":\"customer_update\",\"customerId\":\"x\",\"tier\":\"A\",\"region\":\"EU\"}");
        assertThat(results().deadLetters())
                .extracting(d -> d.stage() + d.offset() + d.raw())
                .containsExactlyInAnyOrder("routing0", "routing1", "routing2");
    }

    @Test
    void aProfileWithoutATimeHasThatOfItsKafkaRecord() {
        add("{\"recordType\":\"customer_update\",\"customerId\":\"c1\",\"tier\":\"GOLD\",\"region\":\"EU\"}");
        failures("c1", 1, 2, 3);
        call("c1", "SMS", "CALLBACK_REQUEST", 4);
        assertThat(results().alerts()).containsExactly(alert("c1", "SMS", 4, "GOLD"));
    }

    @Test
    void lateRecordsAreReportedByEveryStageThatTheyReachAndChangeNothing() {
        call("c1", "VOICE", "SUCCESS", 100_000);
        FeedPhase first = onTime();
        records.clear();
        failures("c1", 1_000);
        add("{\"recordType\":\"interaction\",\"interactionId\":\"x\",\"channel\":\"VOICE\",\"timestamp\":%d}"
                .formatted(T + 2_000));
        profile("c2", "GOLD", 3_000);
        FeedPhase second = new FeedPhase("late", List.copyOf(records), Optional.of(Instant.ofEpochMilli(T + 97_999)));
        CxoneResults results = CxoneOracle.expect(List.of(first, second), PARAMETERS);
        assertThat(results.late())
                .containsExactlyInAnyOrder(
                        late("volumes", 1_000, "i0"),
                        late("enriched", 1_000, "i0"),
                        late("volumes", 2_000, "x"),
                        late("enriched", 3_000, "c2"));
        assertThat(results.volumes()).containsExactly(volume("VOICE", 100_000, 110_000, 1));
    }

    private static LateRow late(String stage, long time, String subject) {
        return new LateRow(stage, Instant.ofEpochMilli(T + time), subject);
    }

    @Test
    void aFeedThatCannotBeJudgedIsRefused() {
        call("c1", "VOICE", "SUCCESS", 10_000);
        call("c1", "VOICE", "SUCCESS", 7_999);
        assertThatThrownBy(this::results)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may be late or not");
        records.remove(1);
        FeedPhase first = onTime();
        FeedPhase late = new FeedPhase("late", List.copyOf(records), Optional.of(Instant.ofEpochMilli(T + 8_000)));
        assertThatThrownBy(() ->
                        CxoneOracle.expect(List.of(first, late), PARAMETERS.withVolumeWindow(Duration.ofMinutes(10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("greater lateBy");
    }

    @Test
    void differencesAreTold() {
        VolumeRow one = volume("VOICE", 0, 10_000, 1);
        VolumeRow two = volume("VOICE", 0, 10_000, 2);
        VolumeRow other = volume("CHAT", 0, 10_000, 2);
        CxoneResults expected = new CxoneResults(Set.of(one, other), Set.of(), Set.of(), Set.of());
        CxoneResults found = new CxoneResults(Set.of(two), Set.of(), Set.of(), Set.of());
        CxoneComparison comparison = CxoneComparison.of(expected, found);
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.kinds().get(0).differences())
                .containsExactly("expected " + one + " but found " + two, "missing: " + other);
        assertThat(comparison.kinds().get(0).differing()).isEqualTo(2);
        assertThat(comparison.text()).contains("volumes").contains("DIFFERENT").contains("missing");
        assertThat(CxoneComparison.of(expected, expected).isEqual()).isTrue();
    }

    private CxoneResults results() {
        return CxoneOracle.expect(List.of(onTime()), PARAMETERS);
    }

    private FeedPhase onTime() {
        return new FeedPhase("on time", List.copyOf(records), Optional.empty());
    }

    private void call(String customer, String channel, String status, long time) {
        add(("{\"recordType\":\"interaction\",\"interactionId\":\"i%d\",\"customerId\":\"%s\",\"channel\":\"%s\","
                        + "\"status\":\"%s\",\"timestamp\":%d}")
                .formatted(records.size(), customer, channel, status, T + time));
    }

    private void profile(String customer, String tier, long time) {
        add(
                "{\"recordType\":\"customer_update\",\"customerId\":\"%s\",\"tier\":\"%s\",\"region\":\"EU\",\"timestamp\":%d}"
                        .formatted(customer, tier, T + time));
    }

    private void add(String json) {
        records.add(new TopicRecord(0, records.size(), null, json.getBytes(StandardCharsets.UTF_8), T));
    }
}
