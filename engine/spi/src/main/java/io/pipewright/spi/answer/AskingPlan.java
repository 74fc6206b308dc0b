package io.pipewright.spi.answer;

import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;

/** The plan of a stage that asks a server about its records; a test answers in the server's place. */
public interface AskingPlan extends StagePlan {

    /** What a question holds. */
    RecordType question();

    /** What an answer holds. */
    RecordType answer();

    /** The same plan, with another one to ask. */
    AskingPlan asking(AnswerSource source);
}
