package io.pipewright.sandbox.cxone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.TopicRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionGeneratorTest {
    private static final Instant BASE = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final long SOON = BASE.plus(Duration.ofMinutes(10)).toEpochMilli();

    @Test
    void equalOptionsMakeEqualBytes() {
        assertThat(print(generate(3_000, 7))).isEqualTo(print(generate(3_000, 7)));
        assertThat(print(generate(3_000, 7))).isNotEqualTo(print(generate(3_000, 8)));
    }

    @Test
    void everyKindOccursAndTheCountIsTheOneAskedFor() {
        GeneratedFeed feed = generate(5_000, 1);
        assertThat(feed.size()).isEqualTo(5_000);
        assertThat(feed.kinds()).containsOnlyKeys(RecordKind.values());
        assertThat(feed.kinds().values().stream().mapToInt(i -> i).sum()).isEqualTo(5_000);
        assertThat(feed.kinds().get(RecordKind.LATE_INTERACTION) + feed.kinds().get(RecordKind.LATE_UPDATE))
                .isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void offsetsCountUpInEveryPartitionAndACustomerHasOnePartition(int partitions) {
        GeneratedFeed feed = InteractionGenerator.generate(
                GeneratorOptions.of(4_000, 3, BASE).withPartitions(partitions).withRounds(2));
        long[] next = new long[partitions];
        Map<String, Integer> places = new HashMap<>();
        for (FeedPhase phase : feed.phases()) {
            for (TopicRecord r : phase.records()) {
                assertThat(r.offset()).isEqualTo(next[r.partition()]++);
                if (r.key() != null) {
                    assertThat(places.computeIfAbsent(r.key(), k -> r.partition()))
                            .isEqualTo(r.partition());
                }
            }
        }
        assertThat(next).doesNotContain(0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 250, 500})
    void recordsAreALittleOutOfOrderOrVeryLate(int eventsPerSecond) {
        GeneratedFeed feed = InteractionGenerator.generate(GeneratorOptions.of(6_000, 5, BASE)
                .withEventsPerSecond(eventsPerSecond)
                .withRounds(3));
        assertThat(feed.phases()).hasSize(6);
        Map<Integer, Long> highest = new HashMap<>();
        long disorder = 0;
        for (FeedPhase phase : feed.phases()) {
            long limit = phase.afterWatermark().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
            for (TopicRecord r : phase.records()) {
                if (!(Reading.of(r) instanceof Reading.Event e) || e.time() > SOON) {
                    continue;
                }
                if (phase.afterWatermark().isPresent()) {
                    assertThat(e.time()).isLessThanOrEqualTo(limit - 60_000);
                    assertThat(highest.values()).allMatch(t -> t - 2_001 >= limit);
                } else {
                    long before = highest.merge(r.partition(), e.time(), Math::max);
                    disorder = Math.max(disorder, before - e.time());
                }
            }
        }
        assertThat(disorder).isBetween(1_000L, 1_500L);
    }

    @Test
    void onlyCustomersShareATimeAndOnlyTheFarFutureIsAhead() {
        Map<Long, Set<String>> owners = new HashMap<>();
        for (FeedPhase phase : generate(20_000, 9).phases()) {
            for (TopicRecord r : phase.records()) {
                assertThat(r.timestamp()).isLessThanOrEqualTo(BASE.toEpochMilli());
                if (Reading.of(r) instanceof Reading.Event e) {
                    if (e.time() > BASE.toEpochMilli()) {
                        assertThat(e.time()).isGreaterThan(SOON);
                    } else {
                        String owner = e.customerId().orElse("nobody-" + e.time());
                        owners.computeIfAbsent(e.time(), t -> new HashSet<>()).add(owner);
                    }
                }
            }
        }
        assertThat(owners.values()).allMatch(set -> set.size() == 1);
    }

    @Test
    void whatIsMeantToBeBadReadsAsBad() {
        GeneratedFeed feed = generate(20_000, 4);
        Map<RecordKind, Integer> kinds = feed.kinds();
        long malformed = 0;
        long blank = 0;
        long future = 0;
        long incomplete = 0;
        for (TopicRecord r :
                feed.phases().stream().flatMap(p -> p.records().stream()).toList()) {
            Reading reading = Reading.of(r);
            malformed += reading instanceof Reading.Malformed ? 1 : 0;
            blank += reading instanceof Reading.Blank ? 1 : 0;
            future += reading instanceof Reading.Event e && e.time() > SOON ? 1 : 0;
            incomplete += reading instanceof Reading.Event e && e.time() <= SOON && !e.isComplete() ? 1 : 0;
        }
        assertThat(List.of(malformed, blank, future, incomplete))
                .isEqualTo(List.of(
                        (long) kinds.get(RecordKind.MALFORMED),
                        (long) kinds.get(RecordKind.BLANK),
                        (long) kinds.get(RecordKind.FAR_FUTURE),
                        (long) kinds.get(RecordKind.INCOMPLETE)));
    }

    @Test
    void aFeedHasItsShareOfAlertsUnknownCustomersAndDuplicates() {
        GeneratedFeed feed = generate(20_000, 2);
        CxoneResults results = CxoneOracle.expect(feed, CxoneParameters.defaults(BASE));
        assertThat(results.alerts().size()).isBetween(500, 3_000);
        assertThat(results.alerts()).anyMatch(a -> a.tier().equals("UNKNOWN"));
        assertThat(results.alerts().stream().map(AlertRow::tier).distinct()).hasSize(5);
        assertThat(results.volumes()).hasSizeGreaterThan(40);
        assertThat(results.late()).hasSizeGreaterThan(200);
        assertThat(feed.kinds().get(RecordKind.DUPLICATE)).isGreaterThan(100);
    }

    @Test
    void parametersChangeWhatIsExpected() {
        GeneratedFeed feed = generate(20_000, 2);
        CxoneParameters usual = CxoneParameters.defaults(BASE);
        CxoneResults results = CxoneOracle.expect(feed, usual);
        CxoneResults longer = CxoneOracle.expect(feed, usual.withVolumeWindow(Duration.ofSeconds(30)));
        assertThat(longer.volumes()).hasSizeLessThan(results.volumes().size());
        assertThat(longer.volumes().stream().mapToLong(VolumeRow::volume).sum())
                .isEqualTo(
                        results.volumes().stream().mapToLong(VolumeRow::volume).sum());
        assertThat(CxoneOracle.expect(feed, usual.withFailures(2)).alerts().size())
                .isGreaterThan(results.alerts().size());
        assertThat(CxoneOracle.expect(feed, usual.withFailureWithin(Duration.ofMillis(30_001)))
                        .alerts()
                        .size())
                .isGreaterThan(results.alerts().size());
    }

    private static GeneratedFeed generate(int events, long seed) {
        return InteractionGenerator.generate(GeneratorOptions.of(events, seed, BASE));
    }

    private static List<String> print(GeneratedFeed feed) {
        return feed.phases().stream()
                .flatMap(p -> p.records().stream())
                .map(r -> r.partition() + " " + r.offset() + " " + r.key() + " " + r.timestamp() + " "
                        + Arrays.toString(r.value()))
                .toList();
    }
}
