package io.pipewright.bench.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NexmarkEventsTest {

    private static final NexmarkEvents EVENTS = new NexmarkEvents(7, 20_000);

    private static List<JsonNode> read(Stream<String> lines) {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> events = new ArrayList<>();
        lines.forEach(line -> {
            try {
                events.add(json.readTree(line));
            } catch (JsonProcessingException e) {
                throw new AssertionError(line, e);
            }
        });
        return events;
    }

    @Test
    void kindsAndHotKeysHaveTheSharesOfTheModel() {
        Map<String, List<JsonNode>> kinds = read(EVENTS.inOrder()).stream()
                .collect(Collectors.groupingBy(event -> event.path("event").asText()));

        assertThat(kinds.get("person")).hasSize(400);
        assertThat(kinds.get("auction")).hasSize(1_200);
        assertThat(kinds.get("bid")).hasSize(18_400);
        // Others than the hot ones hit their number now and then.
        assertThat(share(kinds.get("bid"), bid -> bid.path("auction").asLong() % 10 == 0))
                .isCloseTo(0.55, near());
        assertThat(share(kinds.get("bid"), bid -> bid.path("bidder").asLong() % 4 == 1))
                .isCloseTo(0.81, near());
        assertThat(share(kinds.get("auction"), auction -> auction.path("seller").asLong() % 4 == 0))
                .isCloseTo(0.81, near());
    }

    private static double share(List<JsonNode> events, Predicate<JsonNode> wanted) {
        return (double) events.stream().filter(wanted).count() / events.size();
    }

    private static Offset<Double> near() {
        return Offset.offset(0.03);
    }

    @Test
    void equalSeedsGiveEqualEventsAndOthersGiveOthers() {
        List<String> some = EVENTS.inOrder().limit(100).toList();
        assertThat(new NexmarkEvents(7, 20_000).inOrder().limit(100)).isEqualTo(some);
        assertThat(new NexmarkEvents(8, 20_000).inOrder().limit(100)).doesNotContainAnyElementsOf(some);
    }

    @Test
    void eventsOutOfOrderAreTheSameAndNoneIsLaterThanPromised() {
        assertThat(EVENTS.outOfOrder())
                .containsExactlyInAnyOrderElementsOf(EVENTS.inOrder().toList());
        Instant latest = Instant.EPOCH;
        long most = 0;
        for (JsonNode event : read(EVENTS.outOfOrder())) {
            Instant time = Instant.parse(event.path("dateTime").asText());
            most = Math.max(most, Duration.between(time, latest).toMillis());
            latest = time.isAfter(latest) ? time : latest;
        }
        assertThat(most).isBetween(NexmarkEvents.DISORDER / 2L, (long) NexmarkEvents.DISORDER);
    }
}
