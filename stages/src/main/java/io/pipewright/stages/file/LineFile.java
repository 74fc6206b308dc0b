package io.pipewright.stages.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file being read line by line. A line ends with a newline, which is not part of it, nor is a carriage return before
 * it; the last one may lack it, unless the file still grows.
 */
final class LineFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final String path;
    private final InputStream in;
    private final boolean growing;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long position;
    private long lines;

    /** Opens the file where {@code split} says. */
    LineFile(FileSplit split) throws IOException {
        this(split, false);
    }

    /** @param growing whether a last line without an end is none yet */
    LineFile(FileSplit split, boolean growing) throws IOException {
        this.growing = growing;
        this.path = split.path();
        this.position = split.position();
        this.lines = split.lines();
        InputStream raw = Files.newInputStream(Path.of(path));
        try {
            this.in = path.endsWith(".gz") ? new GZIPInputStream(new BufferedInputStream(raw), BUFFER_BYTES) : raw;
            in.skipNBytes(position);
        } catch (IOException e) {
            raw.close();
            throw new IOException("`" + path + "` cannot be read from byte " + position + ".", e);
        }
    }

    String path() {
        return path;
    }

    /** The number of the line read last, from 1. */
    long lines() {
        return lines;
    }

    FileSplit split() {
        return new FileSplit(path, position, lines);
    }

    /** The next line, or null at the end; where the file grows, there may be more later. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream carried = null;
        while (true) {
            int newline = find();
            int until = newline < 0 ? end : newline;
            if (newline >= 0 && carried == null) {
                byte[] line = Arrays.copyOfRange(buffer, start, newline);
                start = newline + 1;
                return line(line, 1);
            }
            if (carried == null) {
                carried = new ByteArrayOutputStream();
            }
            carried.write(buffer, start, until - start);
            start = newline < 0 ? end : newline + 1;
            if (newline >= 0) {
                return line(carried.toByteArray(), 1);
            }
            if (!fill()) {
                return carried.size() == 0 || growing ? null : line(carried.toByteArray(), 0);
            }
        }
    }

    /** @param newline 1 if the line has its end, 0 if not */
    private byte[] line(byte[] bytes, int newline) {
        lines++;
        position += bytes.length + newline;
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriageReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private int find() {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        start = 0;
        end = Math.max(0, read);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
