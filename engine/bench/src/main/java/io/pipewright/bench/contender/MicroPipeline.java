package io.pipewright.bench.contender;

import com.fasterxml.jackson.core.JsonFactory;
import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineInput.TextFile;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.testkit.PipelineHarness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pieces of the pipeline as it is shipped, and pipelines of one stage, for the micro-benchmarks. */
public final class MicroPipeline {

    private final SourcePlan source;

    private MicroPipeline(LogicalGraph graph) {
        if (!(graph.node("events").plan() instanceof FeedSourceType.Plan plan)) {
            throw new IllegalStateException("`events` is not the feed");
        }
        this.source = plan.source();
    }

    /** The pipeline as it is shipped, in the project's folder that the launcher names. */
    public static MicroPipeline shipped() throws IOException {
        Path folder = Files.createTempDirectory("pipewright-micro");
        FeedSpec spec = new FeedSpec(1, 1_000, 1_000, 5, 0, 1_000, false);
        JobPlan plan = new JobPlan(
                new FeedRun(spec, folder.toString(), 0, 0, 0, folder.toString()),
                Part.FULL,
                0,
                1,
                JobPlan.State.HEAP,
                10_000,
                folder.toString(),
                System.getProperty("pipewright.home", "."));
        Path file = JobPlanFile.write(plan);
        try {
            return new MicroPipeline(PipewrightJob.graph(plan, Part.FULL));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    /** The record of the topic. */
    public RecordType event() {
        return source.record().type();
    }

    /** What the engine reads lines with, all fields materialised. */
    public RecordDecoder decoder() {
        return source.format().decoder(event());
    }

    /** A stage between a source and a sink named {@code rows}, in harnesses; {@code none} is no stage. */
    public static PipelineHarness stage(String name) throws IOException {
        List<TextFile> overlays = name.equals("none") ? List.of() : List.of(resource(name));
        return PipelineHarness.start(PipewrightJob.compile(Path.of("."), resource("pipeline"), overlays));
    }

    private static TextFile resource(String name) throws IOException {
        String file = "micro/" + name + ".yaml";
        try (InputStream in = MicroPipeline.class.getResourceAsStream(file)) {
            return new TextFile(file, Objects.requireNonNull(in, file).readAllBytes());
        }
    }

    /** A line as the expert's job reads it, null for what is no event. */
    public static @Nullable Object parsedByHand(JsonFactory factory, byte[] line) {
        return ParseFunction.parse(factory, line);
    }
}
