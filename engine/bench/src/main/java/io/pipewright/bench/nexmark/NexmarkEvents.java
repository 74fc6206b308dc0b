package io.pipewright.bench.nexmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The events of an auction house, after the model that Nexmark has published: of 50 one is a person, three are auctions
 * and 46 are bids; half of the bids are for one hot auction, three in four are of one hot bidder, and three in four
 * auctions of one hot seller; other bids may be for auctions that are still to come. Hot keys change more often here, and
 * fewer auctions are open at a time, so that a few hundred events show all that millions do.
 *
 * <p>An event is a function of the seed, its number, and how many there are: the second half begins just before midnight,
 * so that there are two days and all hours that a query tells apart.
 *
 * @param count how many events there are
 */
public record NexmarkEvents(long seed, long count) {

    /** By how much an event may come later than it would by its time, in milliseconds. */
    static final int DISORDER = 3_000;

    private static final Instant AFTERNOON = Instant.parse("2025-01-01T18:59:10Z");
    private static final Instant EVENING = Instant.parse("2025-01-01T23:59:10Z");
    private static final long STEP = 250;

    private static final int CYCLE = 50;
    private static final int AUCTIONS = 3;
    private static final long FIRST_PERSON = 1_000;
    private static final long FIRST_AUCTION = 1_100;
    private static final int HOT_PERSON_EVERY = 4;
    private static final int ACTIVE_PERSONS = 10;
    private static final int HOT_AUCTION_EVERY = 10;
    private static final int OPEN_AUCTIONS = 20;
    private static final int AUCTIONS_AHEAD = 2;
    private static final int CATEGORIES = 5;
    private static final int CHANNELS = 20;

    private static final List<String> NAMES = List.of("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gail", "Hugo");
    private static final List<String> SURNAMES = List.of("Ash", "Birch", "Cedar", "Elm", "Hazel", "Linden", "Oak");
    private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");
    private static final List<String> CITIES = List.of("Phoenix", "Palo Alto", "Boise", "Bend", "Seattle", "Cheyenne");
    private static final List<String> HOT_CHANNELS = List.of("Google", "Facebook", "Baidu", "Apple");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Not the step of {@link SplittableRandom}, by which the numbers of an event would be those of the next one. */
    private static final long STRIDE = 0xD1342543DE82EF95L;

    /** The events in the order of their times, each a line of JSON. */
    public Stream<String> inOrder() {
        return LongStream.range(0, count).mapToObj(this::line);
    }

    /** The same, none later than it would be by its time by more than {@link #DISORDER}; all of them are held. */
    public Stream<String> outOfOrder() {
        return LongStream.range(0, count)
                .boxed()
                .sorted(Comparator.<Long>comparingLong(this::arrival).thenComparing(Comparator.naturalOrder()))
                .map(this::line);
    }

    private long arrival(long number) {
        return time(number).toEpochMilli() + random(~number).nextInt(DISORDER + 1);
    }

    private RandomGenerator random(long number) {
        return new SplittableRandom(seed + STRIDE * number);
    }

    private String line(long number) {
        try {
            return JSON.writeValueAsString(event(number));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event of texts and numbers is no JSON", e);
        }
    }

    private Map<String, Object> event(long number) {
        RandomGenerator random = random(number);
        Map<String, Object> event = new LinkedHashMap<>();
        int place = (int) (number % CYCLE);
        event.put("event", place == 0 ? "person" : place <= AUCTIONS ? "auction" : "bid");
        event.put("dateTime", time(number).toString());
        if (place == 0) {
            addPerson(event, number, random);
        } else if (place <= AUCTIONS) {
            addAuction(event, number, random);
        } else {
            addBid(event, number, random);
        }
        event.put("extra", letters(random, 8 + random.nextInt(9)));
        return event;
    }

    private Instant time(long number) {
        long half = count / 2;
        if (number < half) {
            return AFTERNOON.plusMillis(number * STEP);
        }
        Instant end = AFTERNOON.plusMillis(half * STEP);
        return (end.isBefore(EVENING) ? EVENING : end).plusMillis((number - half) * STEP);
    }

    /** The number of the last person that there is at an event, and of the last auction; there may be none yet. */
    private static long lastPerson(long number) {
        return number / CYCLE;
    }

    private static long lastAuction(long number) {
        return number / CYCLE * AUCTIONS + Math.min(number % CYCLE, AUCTIONS) - 1;
    }

    private static void addPerson(Map<String, Object> event, long number, RandomGenerator random) {
        int place = random.nextInt(STATES.size());
        String name = one(NAMES, random);
        event.put("id", FIRST_PERSON + lastPerson(number));
        event.put("name", name + " " + one(SURNAMES, random));
        event.put("emailAddress", letters(random, 6) + "@" + letters(random, 5) + ".example");
        event.put("creditCard", "%04d %04d".formatted(random.nextInt(10_000), random.nextInt(10_000)));
        event.put("city", CITIES.get(place));
        event.put("state", STATES.get(place));
    }

    private void addAuction(Map<String, Object> event, long number, RandomGenerator random) {
        long initialBid = price(random);
        Duration open = Duration.ofMillis(5_000 + random.nextInt(60_000));
        event.put("id", FIRST_AUCTION + lastAuction(number));
        event.put("itemName", letters(random, 10));
        event.put("description", letters(random, 20));
        event.put("initialBid", initialBid);
        event.put("reserve", initialBid + price(random));
        event.put("expires", time(number).plus(open).toString());
        event.put("seller", FIRST_PERSON + person(number, 0, random));
        event.put("category", 10 + random.nextInt(CATEGORIES));
    }

    private static void addBid(Map<String, Object> event, long number, RandomGenerator random) {
        event.put("auction", FIRST_AUCTION + auction(number, random));
        event.put("bidder", FIRST_PERSON + person(number, 1, random));
        event.put("price", price(random));
        String url = "https://www.nexmark.com/%s/%s/%s/item.htm?query=1"
                .formatted(letters(random, 5), letters(random, 5), letters(random, 5));
        if (random.nextBoolean()) {
            event.put("channel", one(HOT_CHANNELS, random));
            event.put("url", url);
        } else {
            event.put("channel", "channel-" + random.nextInt(CHANNELS));
            event.put("url", random.nextInt(10) == 0 ? url : url + "&channel_id=" + random.nextInt(1_000_000));
        }
    }

    private static long auction(long number, RandomGenerator random) {
        long last = Math.max(lastAuction(number), 0);
        if (random.nextBoolean()) {
            return last / HOT_AUCTION_EVERY * HOT_AUCTION_EVERY;
        }
        long first = Math.max(last - OPEN_AUCTIONS + 1, 0);
        return random.nextLong(first, last + AUCTIONS_AHEAD + 1);
    }

    /** @param role hot sellers and hot bidders are different persons */
    private static long person(long number, int role, RandomGenerator random) {
        long last = lastPerson(number);
        if (random.nextInt(4) > 0) {
            return last / HOT_PERSON_EVERY * HOT_PERSON_EVERY + role;
        }
        return random.nextLong(Math.max(last - ACTIVE_PERSONS + 1, 0), last + 1);
    }

    /** From 100 to 100,000,000, evenly by its logarithm. */
    private static long price(RandomGenerator random) {
        return Math.round(StrictMath.pow(10, random.nextDouble() * 6) * 100);
    }

    private static String one(List<String> texts, RandomGenerator random) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
