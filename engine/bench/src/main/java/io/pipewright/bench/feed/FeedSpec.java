package io.pipewright.bench.feed;

import java.io.Serializable;

/**
 * What a feed is made of: a block of events that is passed over again and again, each pass later in event time, with
 * other ids and other customers. Equal specifications make equal bytes.
 *
 * <p>Events are numbered from 0. Those of an opening, an update of each customer in the order of their event time, come
 * before and have the numbers below 0; each is one of the block's updates, of another customer.
 *
 * @param seed of all that is random
 * @param blockEvents the events of one pass
 * @param customers how many there are, up to 99,999,999
 * @param channels how many there are, up to 99,999
 * @param hotShare the share of interactions, 0 to 1, that are on the first channel beside its fair share
 * @param eventsPerSecond how many events a second of event time has
 * @param opening whether there is one
 */
public record FeedSpec(
        long seed, int blockEvents, int customers, int channels, double hotShare, int eventsPerSecond, boolean opening)
        implements Serializable {

    /** The event time of the first event, a whole day, long past. */
    static final long START = 1_704_067_200_000L;

    /** By how many milliseconds of event time an event on time may come after later ones; contenders allow 2 s. */
    static final int DISORDER = 1_500;

    /** By how many milliseconds of event time a late event is behind at least. */
    static final int LATE_BY = 60_000;

    /** By how many customers each pass is shifted. */
    private static final long CUSTOMER_SHIFT = 7_919;

    public FeedSpec {
        require(blockEvents >= 100, "A block has 100 events or more.");
        require(customers >= 1 && customers <= 99_999_999, "There are 1 to 99,999,999 customers.");
        require(channels >= 1 && channels <= 99_999, "There are 1 to 99,999 channels.");
        require(hotShare >= 0 && hotShare <= 1, "The hot share is between 0 and 1.");
        require(eventsPerSecond >= 1, "A second of event time has an event or more.");
    }

    private static void require(boolean met, String sentence) {
        if (!met) {
            throw new IllegalArgumentException(sentence);
        }
    }

    public FeedSpec withoutOpening() {
        return new FeedSpec(seed, blockEvents, customers, channels, hotShare, eventsPerSecond, false);
    }

    /** The number of the first event. */
    long first() {
        return opening ? -customers : 0;
    }

    /** Whose update an event of the opening is. */
    int opened(long sequence) {
        return (int) (sequence - first());
    }

    /** The event time of an event of the opening. */
    long openingTime(long sequence) {
        return START + Math.floorDiv(sequence * 1_000L, eventsPerSecond);
    }

    /** The event time of a block, in milliseconds; nothing of the next pass is earlier than it. */
    long span() {
        return Math.max(1, blockEvents * 1_000L / eventsPerSecond);
    }

    /** The event time of the first moment of a pass. */
    long passStart(long pass) {
        return START + pass * span();
    }

    /** Who a customer of the block is in a pass. */
    int customer(int ofBlock, long pass) {
        return (int) ((ofBlock + pass * CUSTOMER_SHIFT) % customers);
    }

    static String customerId(int customer) {
        return String.format("C%08d", customer);
    }

    static String channelName(int channel) {
        return switch (channel) {
            case 0 -> "VOICE";
            case 1 -> "CHAT";
            case 2 -> "EMAIL";
            case 3 -> "SMS";
            case 4 -> "SOCIAL";
            default -> "CHANNEL-" + channel;
        };
    }
}
