package io.pipewright.bench.contender;

import java.io.IOException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A contender's job. */
@FunctionalInterface
public interface ContenderJob {

    /** A job whose sources and sinks are those of the feed. */
    StreamExecutionEnvironment build(JobPlan plan) throws IOException;
}
