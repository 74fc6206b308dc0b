package io.pipewright.stages.lookup;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.record.DataRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a server has been asked and has not answered for good; touched by the task's thread alone. */
final class Question {

    final DataRecord key;

    /** Those that wait for the answer. */
    final List<Consumer<Answer>> waiting = new ArrayList<>();

    /** Attempts that count against it. */
    int counted;

    /** All attempts that failed. */
    int failed;

    /** {@link io.pipewright.stages.retry.Reachability#answers} when the current attempt began. */
    long answersBefore;

    Question(DataRecord key) {
        this.key = key;
    }
}
