package io.pipewright.testkit;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.type.RecordType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.jspecify.annotations.Nullable;

/**
 * The test of a stage, as steps on a small pipeline that is written as users write theirs. One scenario is run in several
 * ways, which must not differ: undisturbed, with a checkpoint after every step, with a crash after every step, and in
 * RocksDB instead of on the heap with a crash half way.
 *
 * <p>The pipeline's sources and sinks are of the type {@code test}. A source says what its {@code record} is and, with
 * {@code time}, which of its fields is the event time; {@link #record} fills that field.
 *
 * <pre>{@code
 * Scenario.of("""
 *         records:
 *           Call: {fields: {at: timestamp, channel: string}}
 *         sources:
 *           calls: {type: test, record: Call, time: at}
 *         stages:
 *           spoken: {type: filter, from: calls, where: 'channel == "VOICE"'}
 *         sinks:
 *           rows: {type: test, from: spoken}
 *         """)
 *     .record("calls", 1_000, "VOICE")
 *     .record("calls", 2_000, "CHAT")
 *     .expect("rows", Scenario.row("at", 1_000, "channel", "VOICE"))
 *     .verify();
 * }</pre>
 */
public final class Scenario {

    private static final String HEAD = "apiVersion: pipeline/v1\nname: scenario\n";

    private final LogicalGraph graph;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, List<GivenAnswer>> answers = new LinkedHashMap<>();

    /** @param goesOn whether the job has done something and is still there */
    private record Step(String text, boolean goesOn, Consumer<PipelineHarness> action) {}

    /** Where state is kept, and what happens beside the steps. */
    private enum Way {
        UNDISTURBED("undisturbed", "hashmap"),
        CHECKPOINTS("with a checkpoint after every step", "hashmap"),
        CRASHES("with a crash after every step", "hashmap"),
        ROCKSDB("on RocksDB, with a crash half way", "rocksdb");

        private final String text;
        private final String stateBackend;

        Way(String text, String stateBackend) {
            this.text = text;
            this.stateBackend = stateBackend;
        }

        /** @param done of {@code all} steps, expectations and the end not counted */
        void disturb(PipelineHarness pipeline, int done, int all) {
            if (this == CHECKPOINTS) {
                pipeline.checkpoint();
            } else if (this == CRASHES || (this == ROCKSDB && done == all / 2)) {
                pipeline.crash();
            }
        }

        PipelineHarness start(LogicalGraph graph, Map<String, List<GivenAnswer>> answers) {
            Configuration settings = new Configuration();
            settings.set(StateBackendOptions.STATE_BACKEND, stateBackend);
            return PipelineHarness.start(graph, answers, settings);
        }
    }

    private Scenario(LogicalGraph graph) {
        this.graph = graph;
    }

    /**
     * A scenario on the pipeline of this text, which may leave out {@code apiVersion} and {@code name}. Plugins are those
     * that the thread's class loader sees: all on the class path of a test.
     *
     * @throws IllegalArgumentException if the pipeline has errors, with all of them
     */
    public static Scenario of(String yaml) {
        return of(yaml, PluginCatalog.load());
    }

    /** The same with these plugins. */
    public static Scenario of(String yaml, PluginCatalog plugins) {
        String text = yaml.startsWith("apiVersion:") ? yaml : HEAD + yaml;
        PluginCatalog all = plugins.with(List.of(new TestSource(), new TestSink()), List.of(new TestFormat()));
        Checked<LogicalGraph> graph = new PipelineCompiler(all)
                .compile(
                        "scenario.yaml",
                        text.getBytes(StandardCharsets.UTF_8),
                        List.of(),
                        new Surroundings(Path.of(""), Map.of(), true));
        if (graph.hasErrors()) {
            throw new IllegalArgumentException("\n" + new PrettyFormatter().format(graph.diagnostics()));
        }
        return new Scenario(graph.value().orElseThrow());
    }

    /** A row by field names and values in turn; values may be null. */
    public static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    /**
     * A source emits a record.
     *
     * @param eventTime milliseconds since the epoch; for a source without {@code time} it counts for nothing
     * @param values of the declared fields in their order, but for the field that is the source's {@code time}
     */
    public Scenario record(String source, long eventTime, @Nullable Object... values) {
        String text = "record " + source + "@" + eventTime + " " + Arrays.toString(values);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        String time = timeField(source);
        int next = 0;
        for (String name : declared(source).names()) {
            if (name.equals(time)) {
                row.put(name, eventTime);
            } else if (next < values.length) {
                row.put(name, values[next++]);
            }
        }
        if (next < values.length) {
            throw new IllegalArgumentException(text + ": there are more values than fields.");
        }
        return step(text, pipeline -> pipeline.record(source, time == null ? null : eventTime, row));
    }

    /** The server that a stage asks knows this from the start, and nothing that is not told so. */
    public Scenario answer(String stage, GivenAnswer answer) {
        answers.computeIfAbsent(stage, id -> new ArrayList<>()).add(answer);
        return this;
    }

    private @Nullable String timeField(String source) {
        return graph.node(source).plan() instanceof TestSource.Plan plan ? plan.time() : null;
    }

    private RecordType declared(String source) {
        return graph.node(source).plan().outputs().get(0).type();
    }

    /** All sources emit a watermark: what comes at or before this time is late. */
    public Scenario watermark(long millis) {
        return step("watermark " + millis, pipeline -> pipeline.watermark(millis));
    }

    /** One source emits a watermark. */
    public Scenario watermark(String source, long millis) {
        return step("watermark " + source + " " + millis, pipeline -> pipeline.watermark(source, millis));
    }

    /** The clock moves, from 0 at the start. */
    public Scenario processingTime(long millis) {
        return step("processingTime " + millis, pipeline -> pipeline.processingTime(millis));
    }

    /** Snapshot and restore, in every way that the scenario is run. */
    public Scenario crash() {
        return step("crash", PipelineHarness::crash);
    }

    /** All sources end; the last step but for expectations. */
    public Scenario end() {
        steps.add(new Step("end", false, PipelineHarness::end));
        return this;
    }

    /**
     * Since the last expectation on this sink exactly these rows have reached it, in any order; of each row the named
     * fields count.
     */
    @SafeVarargs
    public final Scenario expect(String sink, Map<String, ?>... rows) {
        List<Map<String, ?>> expected = List.of(rows);
        steps.add(new Step("expect " + sink, false, pipeline -> check(sink, expected, pipeline.take(sink))));
        return this;
    }

    /** Nothing has reached any of these sinks since the last expectation on it. */
    public Scenario expectNothing(String... sinks) {
        for (String sink : sinks) {
            expect(sink);
        }
        return this;
    }

    private Scenario step(String text, Consumer<PipelineHarness> action) {
        steps.add(new Step(text, true, action));
        return this;
    }

    private static void check(String sink, List<Map<String, ?>> expected, List<Map<String, @Nullable Object>> rows) {
        RowMatching matching = RowMatching.of(expected, rows);
        List<Map<String, ?>> missing = matching.unmet(expected);
        List<Map<String, @Nullable Object>> unexpected = matching.left(rows);
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new AssertionError(
                    "`" + sink + "` got " + rows + ", missing " + missing + ", unexpected " + unexpected);
        }
    }

    /**
     * Runs the scenario in every way.
     *
     * @throws AssertionError at the first expectation that is not met or step that fails, with the way and the step
     */
    public void verify() {
        for (Way way : Way.values()) {
            run(way);
        }
    }

    private void run(Way way) {
        int all = (int) steps.stream().filter(Step::goesOn).count();
        int done = 0;
        String at = "start";
        try (PipelineHarness pipeline = way.start(graph, answers)) {
            way.disturb(pipeline, done, all);
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                at = "step " + (i + 1) + " (" + step.text + ")";
                step.action.accept(pipeline);
                if (step.goesOn) {
                    done++;
                    way.disturb(pipeline, done, all);
                }
            }
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(way.text + ", " + at + ": " + failed.getMessage(), failed);
        }
    }
}
