package io.pipewright.app.casefile;

import io.pipewright.plan.LogicalGraph;
import io.pipewright.testkit.OperatorFailedException;
import io.pipewright.testkit.PipelineHarness;
import io.pipewright.testkit.PortProbes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a case on a pipeline of its own, in virtual time. */
final class CaseRun {

    private final LogicalGraph graph;
    private final Ends ends;
    private final PortProbes probes;

    /**
     * @param graph with the probes
     * @param ends of the pipeline without them
     */
    CaseRun(LogicalGraph graph, Ends ends, PortProbes probes) {
        this.graph = graph;
        this.ends = ends;
        this.probes = probes;
    }

    Outcome run(TestCase test) {
        long begun = System.nanoTime();
        List<Outcome.Seen> seen = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        try (PipelineHarness pipeline = PipelineHarness.start(graph, test.answers(), start(test))) {
            VirtualSources sources = new VirtualSources(pipeline, ends.sources(), start(test));
            for (Step step : test.steps()) {
                if (step instanceof Step.Feed feed) {
                    sources.feed(feed);
                } else if (step instanceof Step.Advance advance) {
                    sources.advance(advance.time());
                } else {
                    pipeline.crash();
                }
            }
            pipeline.end();
            for (Expectation expectation : test.expected()) {
                seen.add(new Outcome.Seen(expectation, expectation.counted(rows(expectation.end(), pipeline))));
            }
        } catch (OperatorFailedException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        return new Outcome(test, seen, failure, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** The start of all cases, or of one that writes earlier moments the first of them. */
    private static long start(TestCase test) {
        return test.steps().stream()
                .filter(Step.Feed.class::isInstance)
                .flatMap(step -> ((Step.Feed) step).bySource().stream())
                .flatMap(List::stream)
                .flatMap(arrival -> arrival.at().stream())
                .min(Instant::compareTo)
                .filter(first -> first.isBefore(Moments.START))
                .orElse(Moments.START)
                .toEpochMilli();
    }

    private List<Map<String, @Nullable Object>> rows(String end, PipelineHarness pipeline) {
        List<Map<String, @Nullable Object>> rows = pipeline.take(probes.sink(end));
        return ends.type(end)
                .map(type ->
                        rows.stream().map(row -> JsonFields.read(type, row)).toList())
                .orElse(rows);
    }
}
