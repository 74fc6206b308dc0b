package io.pipewright.bench.feed;

import io.pipewright.bench.feed.EventBlock.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes a block: 5 % customer updates, 1 % interactions without a customer, 0.1 % that are no JSON, 0.05 % without a
 * channel; in the last tenth 1 % that are late. Lines have 380 bytes on average, of which most are in fields that no
 * contender reads.
 *
 * <p>No customer has two events of one time, so that no result depends on the order in which subtasks send.
 */
final class BlockGenerator {

    static final List<String> STATUSES = List.of("SUCCESS", "FAILURE", "CALLBACK_REQUEST", "ABANDONED");
    static final List<String> TIERS = List.of("BRONZE", "SILVER", "GOLD", "PLATINUM");
    static final int FAILURE = 1;
    static final int CALLBACK = 2;

    private static final List<String> REGIONS = List.of("EU", "US", "APAC", "LATAM");
    private static final List<String> SKILLS = List.of("billing", "orders", "returns", "technical", "sales");
    private static final List<String> NOTES = List.of(
            "Customer asked about the invoice of last month and was told when it is due",
            "Line was bad, the caller said \\\"later\\\" and hung up before an agent could answer",
            "Gr\u00fc\u00dfe aus Z\u00fcrich; wants a call back in the afternoon, not before three",
            "Package has not arrived, tracking says delivered, neighbours know nothing of it");

    private final FeedSpec spec;
    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder(600);

    private BlockGenerator(FeedSpec spec) {
        this.spec = spec;
        this.random = new Random(spec.seed());
    }

    static EventBlock generate(FeedSpec spec) {
        return new BlockGenerator(spec).generate();
    }

    private EventBlock generate() {
        int size = spec.blockEvents();
        int[] times = timesInOrderOfArrival(size);
        EventBlock columns = new EventBlock(spec, new byte[0], size);
        CustomerTimes taken = new CustomerTimes(times, spec.customers());
        for (int i = 0; i < size; i++) {
            columns.time[i] = times[i];
            columns.customer[i] = taken.free(random, i);
            columns.channel[i] = channel();
            columns.status[i] = status();
            columns.tier[i] = (byte) random.nextInt(TIERS.size());
            columns.kind[i] = (byte) kind(i >= size - size / 10).ordinal();
            write(columns, i);
            columns.offset[i + 1] = out.size();
        }
        if (spec.opening() && columns.updates().length == 0) {
            throw new IllegalArgumentException("So short a block has no update to open with.");
        }
        return withBytes(columns);
    }

    private EventBlock withBytes(EventBlock columns) {
        EventBlock block = new EventBlock(spec, out.toByteArray(), columns.size());
        System.arraycopy(columns.offset, 0, block.offset, 0, columns.offset.length);
        for (int i = 0; i < columns.size(); i++) {
            block.idAt[i] = columns.idAt[i];
            block.customerAt[i] = columns.customerAt[i];
            block.timeAt[i] = columns.timeAt[i];
            block.kind[i] = columns.kind[i];
            block.customer[i] = columns.customer[i];
            block.channel[i] = columns.channel[i];
            block.status[i] = columns.status[i];
            block.tier[i] = columns.tier[i];
            block.time[i] = columns.time[i];
        }
        return block;
    }

    /** The times of the events, each sent up to {@link FeedSpec#DISORDER} after it. */
    private int[] timesInOrderOfArrival(int size) {
        long[] sent = new long[size];
        for (int i = 0; i < size; i++) {
            long time = i * 1_000L / spec.eventsPerSecond();
            long delay = random.nextInt(3) == 0 ? 0 : random.nextInt(FeedSpec.DISORDER + 1);
            sent[i] = (time + delay) << 32 | time;
        }
        Arrays.sort(sent);
        return Arrays.stream(sent).mapToInt(s -> (int) s).toArray();
    }

    private int channel() {
        return random.nextDouble() < spec.hotShare() ? 0 : random.nextInt(spec.channels());
    }

    private byte status() {
        int n = random.nextInt(10);
        return (byte) (n < 5 ? 0 : n < 7 ? FAILURE : n < 8 ? CALLBACK : 3);
    }

    private Kind kind(boolean maybeLate) {
        int n = random.nextInt(10_000);
        if (n < 500) {
            return Kind.UPDATE;
        }
        if (n < 600) {
            return Kind.ANONYMOUS;
        }
        if (n < 610) {
            return Kind.MALFORMED;
        }
        if (n < 615) {
            return Kind.INCOMPLETE;
        }
        return maybeLate && n < 715 ? Kind.LATE : Kind.INTERACTION;
    }

    private void write(EventBlock block, int event) {
        Kind kind = block.kind(event);
        if (kind == Kind.LATE) {
            block.time[event] -= FeedSpec.LATE_BY + random.nextInt(FeedSpec.LATE_BY);
        }
        line.setLength(0);
        if (kind == Kind.UPDATE) {
            update(block, event);
        } else {
            interaction(block, event, kind);
        }
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        out.writeBytes(kind == Kind.MALFORMED ? damaged(bytes) : bytes);
    }

    /** All places that are overwritten come before the first character that is not ASCII. */
    private void interaction(EventBlock block, int event, Kind kind) {
        line.append("{\"recordType\":\"interaction\",\"interactionId\":\"i");
        block.idAt[event] = (short) line.length();
        line.append("0".repeat(Digits.ID)).append("\",\"timestamp\":");
        time(block, event);
        block.customerAt[event] = -1;
        if (kind != Kind.ANONYMOUS) {
            customer(block, event);
        }
        line.append(",\"agentId\":").append(1_000 + random.nextInt(9_000));
        if (kind != Kind.INCOMPLETE) {
            line.append(",\"channel\":\"")
                    .append(FeedSpec.channelName(block.channel[event]))
                    .append('"');
        }
        line.append(",\"status\":\"").append(STATUSES.get(block.status[event])).append("\",\"durationSec\":");
        line.append(random.nextInt(1_800)).append(",\"direction\":\"INBOUND\",\"queue\":{\"id\":");
        line.append(random.nextInt(100))
                .append(",\"skills\":[\"")
                .append(any(SKILLS))
                .append("\",\"");
        line.append(any(SKILLS)).append("\"],\"waitedSec\":").append(random.nextInt(600) / 10.0);
        line.append("},\"ani\":\"+4930")
                .append(1_000_000 + random.nextInt(9_000_000))
                .append("\",\"note\":\"");
        line.append(any(NOTES))
                .append("\",\"recorded\":")
                .append(random.nextBoolean())
                .append('}');
    }

    private void update(EventBlock block, int event) {
        line.append("{\"recordType\":\"customer_update\",\"revision\":\"r");
        block.idAt[event] = (short) line.length();
        line.append("0".repeat(Digits.ID)).append("\",\"timestamp\":");
        time(block, event);
        customer(block, event);
        line.append(",\"tier\":\"").append(TIERS.get(block.tier[event])).append("\",\"region\":\"");
        line.append(any(REGIONS))
                .append("\",\"language\":\"de\",\"consent\":true,\"address\":{\"street\":\"Hauptstr. ");
        line.append(random.nextInt(200)).append("\",\"zip\":\"").append(10_000 + random.nextInt(80_000));
        line.append("\",\"city\":null},\"note\":\"").append(any(NOTES)).append("\"}");
    }

    private void time(EventBlock block, int event) {
        block.timeAt[event] = (short) line.length();
        line.append("0".repeat(Digits.TIME));
    }

    private void customer(EventBlock block, int event) {
        line.append(",\"customerId\":\"C");
        block.customerAt[event] = (short) line.length();
        line.append("0".repeat(Digits.CUSTOMER)).append('"');
    }

    /** Bytes that no JSON parser may take, damaged behind the places that are overwritten. */
    private byte[] damaged(byte[] sound) {
        int turn = random.nextInt(4);
        if (turn == 0) {
            return Arrays.copyOf(sound, sound.length - 1 - random.nextInt(40));
        }
        if (turn == 1) {
            byte[] longer = Arrays.copyOf(sound, sound.length + 2);
            longer[sound.length] = ' ';
            longer[sound.length + 1] = '}';
            return longer;
        }
        byte[] bytes = sound.clone();
        bytes[sound.length - 30] = turn == 2 ? (byte) 0xFF : (byte) '\n';
        return bytes;
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
