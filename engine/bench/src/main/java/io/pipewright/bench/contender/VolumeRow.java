package io.pipewright.bench.contender;

import io.pipewright.bench.contender.Pojos.Volume;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Puts the channel and the window to a count. */
final class VolumeRow extends ProcessWindowFunction<Long, Volume, String, TimeWindow> {

    private static final long serialVersionUID = 1L;

    @Override
    public void process(String channel, Context context, Iterable<Long> counts, Collector<Volume> out) {
        Volume volume = new Volume();
        volume.channel = channel;
        volume.windowStart = context.window().getStart();
        volume.windowEnd = context.window().getEnd();
        volume.volume = counts.iterator().next();
        out.collect(volume);
    }
}
