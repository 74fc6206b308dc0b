package io.pipewright.spi.option;

/**
 * The {@code format} block of a source.
 *
 * @param type the format's name, for example {@code json}
 * @param record what each message is
 * @param blank what becomes of a blank line or message
 * @param options the format's own options
 */
public record SourceFormat(String type, RecordRef record, Blank blank, Record options) {

    /** What becomes of a message without a value, or of nothing but white space. */
    public enum Blank {
        SKIP,
        DEAD_LETTER,
        /** It is a record whose fields are all null. */
        KEEP
    }
}
