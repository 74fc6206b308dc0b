package io.pipewright.stages.lookup;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.stages.retry.Attempts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a server has been asked and has not answered for good; touched by the task's thread alone. */
final class Question {

    final DataRecord key;

    /** Those that wait for the answer. */
    final List<Consumer<Answer>> waiting = new ArrayList<>();

    final Attempts attempts = new Attempts();

    Question(DataRecord key) {
        this.key = key;
    }
}
