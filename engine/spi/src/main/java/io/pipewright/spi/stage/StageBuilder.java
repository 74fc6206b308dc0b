package io.pipewright.spi.stage;

/** The half of a stage that builds the DataStream part; it is loaded only where a job is built. */
public interface StageBuilder<P extends StagePlan> {

    /**
     * Adds the stage's operators. It connects to nothing. Every operator is named through {@link
     * BuildContext#operator}, so that it has a uid.
     *
     * @param inputs by the names of the plan's inputs
     * @return a stream for every output of the plan that is read, and one for {@code errors} if the stage has them
     */
    Streams build(P plan, Streams inputs, BuildContext context);
}
