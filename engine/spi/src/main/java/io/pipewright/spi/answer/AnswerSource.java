package io.pipewright.spi.answer;

import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import java.io.Serializable;
import java.util.List;

/** Where answers come from: a planned server, which operators carry to where they ask it. */
public interface AnswerSource extends Serializable {

    /**
     * Connects, in the time that one attempt takes.
     *
     * @param stage the id of the stage that asks, for messages and names of threads
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    AnswerClient open(String stage) throws InterruptedException;

    /**
     * Asks the server whether it is as it was planned for, before a submission; it changes nothing there.
     *
     * @param stage the id of the stage that will ask
     */
    default List<OutsideProblem> check(String stage) {
        return List.of();
    }

    /** The server, for messages: {@code `host:port`}. */
    String server();
}
