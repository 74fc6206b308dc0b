package io.pipewright.bench.contender;

import io.pipewright.bench.feed.RowHash;
import org.jspecify.annotations.Nullable;

/** The records of the hand-written jobs, as Flink's POJO serializer wants them: public, mutable, with a constructor of nothing. */
final class Pojos {

    private Pojos() {}

    /** What a line says: an interaction or an update of a customer. */
    public static final class Event {
        public boolean update;
        public @Nullable String interactionId;
        public @Nullable String customerId;
        public @Nullable String channel;
        public @Nullable String status;
        public @Nullable String tier;
        public @Nullable String region;
        public long timestamp;
    }

    /** An interaction, counted also without a customer. */
    public static final class Interaction {
        public String interactionId = "";
        public @Nullable String customerId;
        public String channel = "";
        public @Nullable String status;
        public long timestamp;
    }

    /** A customer's profile from a moment on. */
    public static final class Customer {
        public String customerId = "";
        public String tier = "";
        public String region = "";
        public long timestamp;
    }

    /** An interaction with what was known of the customer then. */
    public static final class Enriched {
        public String interactionId = "";
        public String customerId = "";
        public String channel = "";
        public String status = "";
        public String tier = "";
        public String region = "";
        public long timestamp;
    }

    /** A channel's count in a window. */
    public static final class Volume {
        public String channel = "";
        public long windowStart;
        public long windowEnd;
        public long volume;

        long hash() {
            return RowHash.volume(channel, windowStart, windowEnd, volume);
        }
    }

    /** Repeated failures, then a callback. */
    public static final class Alert {
        public String customerId = "";
        public String channel = "";
        public long timestamp;
        public String tier = "";
        public int failureCount;
        public String alertType = "";

        long hash() {
            return RowHash.alert(customerId, channel, timestamp, failureCount, alertType, tier);
        }
    }

    /** An interaction that a stage could not take any more. */
    public static final class Late {
        public String stage = "";
        public Interaction interaction = new Interaction();

        static Late of(String stage, Interaction interaction) {
            Late late = new Late();
            late.stage = stage;
            late.interaction = interaction;
            return late;
        }

        long hash() {
            return RowHash.late(stage, interaction.timestamp);
        }
    }

    /** A line that is no event, or an event that lacks a field. */
    public static final class DeadLetter {
        public byte[] raw = new byte[0];
        public boolean malformed;
        public long timestamp;

        long hash() {
            return malformed ? RowHash.malformed(raw) : RowHash.incomplete(timestamp);
        }
    }
}
