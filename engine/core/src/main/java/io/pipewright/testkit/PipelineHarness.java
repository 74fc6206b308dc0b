package io.pipewright.testkit;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.flink.FlinkTranslator;
import io.pipewright.flink.JobSettings;
import io.pipewright.flink.source.EventTimeDecoder;
import io.pipewright.flink.source.SourceAssembly;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalNode;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.Envelope;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Runs a planned pipeline as {@link JobHarness} runs a job: sources and sinks are replaced, by their ids, and everything
 * between is built and runs as it does on a cluster.
 *
 * <p>A source's own reading is left out, its event time included: the test says what it emits. Servers that stages ask are
 * replaced, too, and know what the test says.
 */
public final class PipelineHarness implements AutoCloseable {

    private final LogicalGraph graph;
    private final JobHarness job;
    private final Map<String, Long> watermarks = new LinkedHashMap<>();
    private boolean behind;

    private PipelineHarness(LogicalGraph graph, JobHarness job) {
        this.graph = graph;
        this.job = job;
    }

    /** Builds the pipeline and starts it. */
    public static PipelineHarness start(LogicalGraph graph) {
        return start(graph, Map.of(), new Configuration());
    }

    /**
     * The same with state on the heap, whatever the pipeline says, and with a clock that starts elsewhere.
     *
     * @param answers what servers know, by the ids of the stages that ask them
     * @param clock milliseconds since the epoch
     */
    public static PipelineHarness start(LogicalGraph graph, Map<String, List<GivenAnswer>> answers, long clock) {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        return start(GivenAnswers.in(graph, answers), settings, clock);
    }

    /** @param settings those of Flink that take the place of the pipeline's own */
    static PipelineHarness start(LogicalGraph graph, Map<String, List<GivenAnswer>> answers, Configuration settings) {
        return start(GivenAnswers.in(graph, answers), settings, 0);
    }

    private static PipelineHarness start(LogicalGraph graph, Configuration settings, long clock) {
        Configuration all =
                JobSettings.of(graph.definition().name(), graph.definition().runtime());
        all.addAll(settings);
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(all, PluginCatalog.surroundings());
        FlinkTranslator.translate(graph, environment);
        Map<String, String> sinks = new HashMap<>();
        for (LogicalNode node : graph.nodes()) {
            EntryDefinition entry = node.entry();
            if (entry.kind() == StageInfo.Kind.SINK) {
                entry.type().info().roles().forEach(role -> sinks.put(entry.uid() + "/" + role, entry.id()));
            }
        }
        return new PipelineHarness(
                graph, JobHarness.start(environment, uid -> Optional.ofNullable(sinks.get(uid)), clock));
    }

    /** The declared type of a source's records. */
    public RecordType type(String source) {
        return source(source).plan().outputs().stream()
                .filter(port -> port.name().equals(OutputPort.MAIN))
                .findFirst()
                .orElseThrow()
                .type();
    }

    /**
     * Lets a source emit a record.
     *
     * @param eventTime milliseconds since the epoch, or null for none
     * @param values by field name; whole numbers stand for any numeric type, and for a timestamp as milliseconds
     */
    public void record(String source, @Nullable Long eventTime, Map<String, ?> values) {
        feed(source, element(source, eventTime, values));
    }

    /** What a source emits for a record; see {@link #record}. */
    public SourceElement element(String source, @Nullable Long eventTime, Map<String, ?> values) {
        return element(source, eventTime, values, Map.of());
    }

    /** The same with what the message has beside its value; only what is read of it need be there. */
    public SourceElement element(
            String source, @Nullable Long eventTime, Map<String, ?> values, Map<MetaField, ?> meta) {
        List<MetaField> read = MetaField.in(stored(source));
        RecordType type = MetaField.addedTo(type(source), read);
        Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
        read.forEach(each -> all.put(each.field().name(), meta.get(each)));
        DataRecord whole = RecordValues.record(type, all);
        int[] positions =
                stored(source).names().stream().mapToInt(type::position).toArray();
        long time = eventTime == null ? SourceElement.NO_TIME : eventTime;
        return new SourceElement(whole.project(positions), false, time);
    }

    /**
     * What a source emits for a message: a record with its event time, a failure, or nothing for a blank one that it
     * skips. The format and the rules of event time are the source's own.
     *
     * @param header the first line of the message's file, where it says what stands where in the others
     * @param sourceTimestamp what the source system says of the message's time, milliseconds since the epoch
     * @param envelope what the message has beside its value
     * @param clock by which is judged what is too far ahead of the clock, milliseconds since the epoch
     */
    public List<SourceElement> decode(
            String source,
            Optional<byte[]> header,
            byte[] message,
            Origin origin,
            long sourceTimestamp,
            Envelope envelope,
            long clock) {
        LogicalNode node = source(source);
        SourcePlan plan = node.source().orElseThrow();
        List<SourceElement> elements = new ArrayList<>();
        EventTimeDecoder decoder = new EventTimeDecoder(node.id(), plan, stored(source), () -> clock);
        header.map(decoder::below).orElse(decoder).decode(message, origin, sourceTimestamp, envelope, elements::add);
        return elements;
    }

    /** Lets a source emit what {@link #element} or {@link #decode} made. */
    public void feed(String source, SourceElement element) {
        Long eventTime = element.eventTime() == SourceElement.NO_TIME ? null : element.eventTime();
        job.feed(uid(source(source)), element, eventTime);
    }

    private RecordType stored(String source) {
        return source(source)
                .outputTypes()
                .getOrDefault(OutputPort.MAIN, type(source).project(List.of()));
    }

    /**
     * Lets a source emit a watermark. After a crash, the other sources first come back to where they were.
     *
     * @param millis milliseconds since the epoch; at and before it, the source emits nothing more that is in time
     */
    public void watermark(String source, long millis) {
        String moved = uid(source(source));
        if (behind) {
            behind = false;
            watermarks.forEach((uid, reached) -> {
                if (!uid.equals(moved)) {
                    job.watermark(uid, reached);
                }
            });
        }
        watermarks.put(moved, millis);
        job.watermark(moved, millis);
    }

    /** Lets all sources emit the same watermark. */
    public void watermark(long millis) {
        behind = false;
        for (String uid : job.sources()) {
            watermarks.put(uid, millis);
            job.watermark(uid, millis);
        }
    }

    /** See {@link JobHarness#processingTime}. */
    public void processingTime(long millis) {
        job.processingTime(millis);
    }

    /** See {@link JobHarness#checkpoint}. */
    public void checkpoint() {
        job.checkpoint();
    }

    /** See {@link JobHarness#crash}. */
    public void crash() {
        job.crash();
        behind = true;
    }

    /** See {@link JobHarness#end}. */
    public void end() {
        job.end();
    }

    /** The rows that have reached a sink since the last call for it: the fields that it reads, by name. */
    public List<Map<String, @Nullable Object>> take(String sink) {
        LogicalNode node = node(sink, StageInfo.Kind.SINK);
        RecordType type = node.inputTypes().get(StagePlan.FROM);
        if (type == null) {
            throw new IllegalArgumentException("`" + sink + "` reads nothing.");
        }
        RecordType written = MetaField.without(type);
        return job.take(sink).stream()
                .map(emitted -> RecordValues.fields(written, (DataRecord) emitted.value()))
                .toList();
    }

    @Override
    public void close() {
        job.close();
    }

    private LogicalNode source(String id) {
        return node(id, StageInfo.Kind.SOURCE);
    }

    private LogicalNode node(String id, StageInfo.Kind kind) {
        LogicalNode node = graph.node(id);
        if (node.entry().kind() != kind) {
            throw new IllegalArgumentException(
                    "`" + id + "` is not a " + kind.name().toLowerCase(Locale.ROOT) + ".");
        }
        return node;
    }

    private static String uid(LogicalNode source) {
        return source.entry().uid() + "/" + SourceAssembly.SOURCE_ROLE;
    }
}
