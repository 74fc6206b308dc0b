package io.pipewright.bench.feed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A generated block with its oracle: made once for all runs of a measurement. */
public final class Feed {

    private record Question(Part part, long events) {}

    private final EventBlock block;
    private final Map<Question, Map<ResultKind, Tally>> answers = new HashMap<>();

    private Feed(EventBlock block) {
        this.block = block;
    }

    /** Generates a block; 500,000 events take about 2 s and 200 MB. */
    public static Feed generate(FeedSpec spec) {
        return new Feed(BlockGenerator.generate(spec));
    }

    /** Some lines that are JSON, for measuring how they are read. */
    public static List<byte[]> soundLines(int count) {
        EventBlock block = BlockGenerator.generate(new FeedSpec(42, count, 50_000, 5, 0, 20_000, false));
        return IntStream.range(0, count)
                .filter(event -> block.kind(event) != EventBlock.Kind.MALFORMED)
                .mapToObj(event -> block.line(event, 0))
                .toList();
    }

    /** Writes the block for the sources. */
    public void write(Path folder) throws IOException {
        BlockFile.write(block, folder);
    }

    /** What a job must put out for the opening and so many events. */
    public Map<ResultKind, Tally> expect(Part part, long events) {
        return answers.computeIfAbsent(new Question(part, events), q -> FeedOracle.expect(block, q.part(), q.events()));
    }
}
