package io.pipewright.spi.answer;

import io.pipewright.spi.record.DataRecord;
import java.util.concurrent.CompletionStage;

/** A connection over which a server is asked. */
public interface AnswerClient extends AutoCloseable {

    /**
     * Asks once, without waiting for the answer, which may come on any thread. It fails only for a reason for which every
     * question would, such as missing rights.
     *
     * @param question values none of which is null
     */
    CompletionStage<Answer> ask(DataRecord question);

    /** Ends the connection; questions without an answer may stay so. */
    @Override
    void close();
}
