package io.pipewright.bench.feed;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * How a feed is read in one run. Length, pace and results are those of the block's events, after an opening.
 *
 * @param block the folder with the block's files
 * @param events how many; {@link Long#MAX_VALUE} when {@code millis} says when it ends
 * @param millis after how long it ends; 0 when {@code events} says so
 * @param pace events a second of the clock, over all subtasks; 0 for as fast as they are taken
 * @param results the folder in which sources and sinks leave what they counted
 */
public record FeedRun(FeedSpec spec, String block, long events, long millis, long pace, String results)
        implements Serializable {

    /**
     * By how many events no subtask is ahead of the slowest: two seconds of event time, so that what is late for one is
     * late for the job.
     */
    long lead() {
        return Math.max(2L * spec.eventsPerSecond(), 10_000);
    }

    BlockFile map() throws IOException {
        return BlockFile.map(spec, Path.of(block));
    }
}
