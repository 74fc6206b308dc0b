package io.pipewright.stages.file;

import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.io.IOException;
import java.util.function.Consumer;

/** A file being read, and what makes records of its lines. */
final class DecodedFile implements AutoCloseable {

    private final LineFile file;
    private final SourceDecoder decoder;
    private final Consumer<SourceElement> out;

    private DecodedFile(LineFile file, SourceDecoder decoder, Consumer<SourceElement> out) {
        this.file = file;
        this.decoder = decoder;
        this.out = out;
    }

    /** Opens a file at a position. */
    @FunctionalInterface
    interface Opening {
        LineFile open(FileSplit split) throws IOException;
    }

    /**
     * Opens a file where it was left.
     *
     * @param header whether its first line is none; it is read again then, as it is in no checkpoint
     */
    static DecodedFile open(
            FileSplit split, boolean header, SourceDecoder decoder, Opening opening, Consumer<SourceElement> out)
            throws IOException {
        if (!header) {
            return new DecodedFile(opening.open(split), decoder, out);
        }
        LineFile fromStart = opening.open(new FileSplit(split.path(), 0, 0));
        byte[] first = fromStart.next();
        SourceDecoder below = first == null ? decoder : decoder.below(first);
        if (split.position() <= fromStart.split().position()) {
            return new DecodedFile(fromStart, below, out);
        }
        fromStart.close();
        return new DecodedFile(opening.open(split), below, out);
    }

    /** Makes what the next line is; false at the end. */
    boolean decodeNext() throws IOException {
        byte[] line = file.next();
        if (line == null) {
            return false;
        }
        decoder.decode(line, new Origin(file.path(), 0, file.lines()), SourceElement.NO_TIME, out);
        return true;
    }

    /** How far it has been read. */
    FileSplit split() {
        return file.split();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
