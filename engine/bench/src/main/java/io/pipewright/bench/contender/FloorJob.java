package io.pipewright.bench.contender;

import io.pipewright.bench.feed.Part;
import java.io.IOException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline without its stages: what reading costs, whatever is done afterwards. */
final class FloorJob implements ContenderJob {

    @Override
    public StreamExecutionEnvironment build(JobPlan plan) throws IOException {
        return PipewrightJob.build(plan, Part.PARSE);
    }
}
