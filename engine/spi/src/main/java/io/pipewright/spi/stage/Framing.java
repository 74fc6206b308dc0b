package io.pipewright.spi.stage;

/** How a format tells one record from the next, which not every source and sink can follow. */
public enum Framing {
    /** A record is a line, or a message. */
    LINES,
    /** A record is a line, and the first line of each file says what stands where in the others. */
    LINES_BELOW_HEADER,
    /** A record is a message; in a file nothing would say where it ends. */
    MESSAGES;

    /** Whether a message says nothing: white space alone; where it is no text, only if it has no bytes at all. */
    public boolean isBlank(byte[] message) {
        for (byte b : message) {
            if (this == MESSAGES || (b != ' ' && b != '\t' && b != '\n' && b != '\r')) {
                return false;
            }
        }
        return true;
    }
}
