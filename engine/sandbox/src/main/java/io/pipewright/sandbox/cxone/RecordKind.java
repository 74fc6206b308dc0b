package io.pipewright.sandbox.cxone;

/** What a generated record is meant to be. The oracle does not look at it. */
public enum RecordKind {
    /** With customer and status. */
    INTERACTION,
    /** Counted in volumes alone: customer or status is missing. */
    ANONYMOUS_INTERACTION,
    /** A customer's profile. */
    CUSTOMER_UPDATE,
    /** A customer's profile whose event time is the Kafka record's. */
    UNTIMED_UPDATE,
    /** The bytes of an earlier interaction again. */
    DUPLICATE,
    /** No record at all: broken JSON, bytes that are not UTF-8, wrong types, missing fields, numbers too wide. */
    MALFORMED,
    /** A sound record that lacks what its route asks for. */
    INCOMPLETE,
    /** An event time a day or more ahead. */
    FAR_FUTURE,
    /** Nothing but white space. */
    BLANK,
    /** Fed when the watermark is far beyond it. */
    LATE_INTERACTION,
    /** Fed when the watermark is far beyond it. */
    LATE_UPDATE;

    /** Whether the source gives the record an event time that moves the watermark. */
    boolean movesWatermark() {
        return this != MALFORMED && this != FAR_FUTURE && this != BLANK;
    }
}
