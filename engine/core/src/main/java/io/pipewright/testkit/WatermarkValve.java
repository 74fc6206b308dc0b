package io.pipewright.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The watermark of an input: the lowest of those of its edges. */
final class WatermarkValve {

    private final List<Integer> inputOfChannel;
    private final long[] channels;
    private final long[] inputs;

    /** @param inputOfChannel the input that each incoming edge ends at */
    WatermarkValve(List<Integer> inputOfChannel) {
        this.inputOfChannel = inputOfChannel;
        channels = new long[inputOfChannel.size()];
        inputs = new long
                [1 + inputOfChannel.stream().mapToInt(Integer::intValue).max().orElse(0)];
        Arrays.fill(channels, Long.MIN_VALUE);
        Arrays.fill(inputs, Long.MIN_VALUE);
    }

    /** The new watermark of the input of an edge, if it has risen. */
    OptionalLong advance(int channel, long watermark) {
        channels[channel] = Math.max(channels[channel], watermark);
        int input = inputOfChannel.get(channel);
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < channels.length; i++) {
            if (inputOfChannel.get(i) == input) {
                lowest = Math.min(lowest, channels[i]);
            }
        }
        if (lowest <= inputs[input]) {
            return OptionalLong.empty();
        }
        inputs[input] = lowest;
        return OptionalLong.of(lowest);
    }
}
