package io.pipewright.spi.record;

/** What becomes of a record in the wire form that has keys which its declaration does not name. */
public enum UnknownFields {
    /** They are skipped. */
    IGNORE,
    /** They are kept, as {@link KeptFields} says. */
    KEEP,
    /** They make the record malformed. */
    MALFORMED
}
