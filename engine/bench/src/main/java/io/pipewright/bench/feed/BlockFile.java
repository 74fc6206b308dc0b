package io.pipewright.bench.feed;

import io.pipewright.bench.feed.EventBlock.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/**
 * A block in two files, mapped into memory: all readers of all JVMs share the same pages, so that events cost no
 * contender any heap before they are sent.
 */
final class BlockFile {

    private static final int ENTRY = 24;

    private final FeedSpec spec;
    private final MappedByteBuffer bytes;
    private final MappedByteBuffer index;
    private final int size;
    private final int[] updates;

    private BlockFile(FeedSpec spec, MappedByteBuffer bytes, MappedByteBuffer index) {
        this.spec = spec;
        this.bytes = bytes;
        this.index = index;
        this.size = spec.blockEvents();
        this.updates = IntStream.range(0, size)
                .filter(event -> kind(event) == Kind.UPDATE.ordinal())
                .toArray();
    }

    static void write(EventBlock block, Path folder) throws IOException {
        Files.createDirectories(folder);
        ByteBuffer index = ByteBuffer.allocate(block.size() * ENTRY);
        for (int i = 0; i < block.size(); i++) {
            index.putInt(block.offset[i]).putInt(block.time[i]).putInt(block.customer[i]);
            index.putShort((short) block.length(i)).putShort(block.idAt[i]);
            index.putShort(block.customerAt[i]).putShort(block.timeAt[i]);
            index.putInt(block.kind[i]);
        }
        Files.write(folder.resolve("events.bin"), block.bytes);
        Files.write(folder.resolve("events.idx"), index.array());
    }

    static BlockFile map(FeedSpec spec, Path folder) throws IOException {
        return new BlockFile(spec, map(folder.resolve("events.bin")), map(folder.resolve("events.idx")));
    }

    private static MappedByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).load();
        }
    }

    /** The bytes of the event with this number in the whole feed, in an array of their own. */
    byte[] line(long sequence) {
        if (sequence < 0) {
            int customer = spec.opened(sequence);
            return line(updates[customer % updates.length], customer, customer, spec.openingTime(sequence));
        }
        long pass = sequence / size;
        int event = (int) (sequence - pass * size);
        int customer = spec.customer(index.getInt(event * ENTRY + 8), pass);
        return line(event, sequence, customer, spec.passStart(pass) + index.getInt(event * ENTRY + 4));
    }

    private byte[] line(int event, long id, int customer, long time) {
        int at = event * ENTRY;
        byte[] line = new byte[index.getShort(at + 12)];
        bytes.get(index.getInt(at), line);
        Digits.put(line, index.getShort(at + 14), Digits.ID, id);
        int customerAt = index.getShort(at + 16);
        if (customerAt >= 0) {
            Digits.put(line, customerAt, Digits.CUSTOMER, customer);
        }
        Digits.put(line, index.getShort(at + 18), Digits.TIME, time);
        return line;
    }

    private int kind(int event) {
        return index.getInt(event * ENTRY + 20);
    }

    boolean isLate(long sequence) {
        return sequence >= 0 && kind((int) (sequence % size)) == Kind.LATE.ordinal();
    }

    /** The event time of the event with this number, from 0, in milliseconds since the start of the first pass. */
    long time(long sequence) {
        return sequence / size * spec.span() + index.getInt((int) (sequence % size) * ENTRY + 4);
    }
}
