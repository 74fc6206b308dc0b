package io.pipewright.spi.answer;

import io.pipewright.spi.record.DataRecord;
import java.time.Duration;

/** What became of a question to a server. */
public sealed interface Answer {

    /** The server knows a record. */
    record Found(DataRecord record) implements Answer {}

    /** The server knows nothing of it. */
    record Nothing() implements Answer {}

    /**
     * The question has no answer that can be used, and never will.
     *
     * @param code a stable one, such as {@code refused}
     * @param reason one sentence
     */
    record Refused(String code, String reason) implements Answer {}

    /**
     * The server answered that it cannot answer now.
     *
     * @param reason the end of a sentence, such as {@code status 503}
     * @param pause for how long at least it wants not to be asked
     */
    record Busy(String reason, Duration pause) implements Answer {}

    /**
     * Nobody answered.
     *
     * @param reason the end of a sentence
     */
    record Silent(String reason) implements Answer {}
}
