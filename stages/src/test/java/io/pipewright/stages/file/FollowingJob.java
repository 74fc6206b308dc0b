package io.pipewright.stages.file;

import io.pipewright.stages.splits.CollectedElements;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** The enumerator of a followed path and its readers, without Flink between them: a test says when it is looked and read. */
final class FollowingJob implements AutoCloseable {

    private final CollectedElements output;
    private final boolean header;
    private final SplitEnumerator<FollowedFile, Set<String>> enumerator;
    private final int parallelism;
    private final Map<Integer, FollowingReader> readers = new TreeMap<>();
    private final List<FollowedFile> dealtSince = new ArrayList<>();
    private final Map<String, Counter> counters;
    private Gauge<?> packed = () -> 0;
    private Callable<Object> look = () -> Optional.empty();
    private BiConsumer<Object, Throwable> looked = (found, failure) -> {};

    /** What a checkpoint holds, as bytes. */
    record Checkpoint(byte[] dealt, List<byte[]> files) {}

    private FollowingJob(
            String path,
            boolean header,
            int parallelism,
            Set<String> dealt,
            CollectedElements output,
            Map<String, Counter> counters) {
        this.header = header;
        this.parallelism = parallelism;
        this.output = output;
        this.counters = counters;
        FollowingSource source = new FollowingSource(path, Duration.ofSeconds(1), header, true, new LineDecoder(""));
        this.enumerator = source.restoreEnumerator(context(), dealt);
    }

    static FollowingJob start(String path, boolean header, int parallelism) {
        FollowingJob job =
                new FollowingJob(path, header, parallelism, Set.of(), new CollectedElements(), new LinkedHashMap<>());
        job.enumerator.start();
        for (int reader = 0; reader < parallelism; reader++) {
            job.addReader(reader, List.of());
        }
        return job;
    }

    /** The job goes on from a checkpoint, with its files dealt in turn to so many readers, as Flink does. */
    static FollowingJob restore(
            FollowingJob before, String path, boolean header, int parallelism, Checkpoint checkpoint)
            throws IOException {
        Set<String> dealt = new FileKeysSerializer().deserialize(FollowedFile.Serializer.VERSION, checkpoint.dealt());
        FollowingJob job = new FollowingJob(path, header, parallelism, dealt, before.output, before.counters);
        job.enumerator.start();
        job.addReaders(checkpoint);
        return job;
    }

    /** The readers fail and come back with their parts of the last checkpoint; the enumerator goes on. */
    void failReaders(Checkpoint checkpoint) throws IOException {
        close();
        enumerator.addSplitsBack(List.copyOf(dealtSince), 0);
        dealtSince.clear();
        addReaders(checkpoint);
    }

    private void addReaders(Checkpoint checkpoint) throws IOException {
        FollowedFile.Serializer serializer = new FollowedFile.Serializer();
        for (int reader = 0; reader < parallelism; reader++) {
            List<FollowedFile> own = new ArrayList<>();
            for (int i = reader; i < checkpoint.files().size(); i += parallelism) {
                own.add(serializer.deserialize(
                        serializer.getVersion(), checkpoint.files().get(i)));
            }
            addReader(reader, own);
        }
    }

    private void addReader(int reader, List<FollowedFile> files) {
        FollowingReader made = new FollowingReader(
                new FollowingReader.Lines(header, true, new LineDecoder("")), new Counters(counters));
        made.addSplits(files);
        readers.put(reader, made);
        enumerator.addReader(reader);
    }

    /** One look of the enumerator. */
    void look() throws Exception {
        looked.accept(look.call(), null);
    }

    /** Reads all there is. */
    void read() throws IOException {
        for (FollowingReader reader : readers.values()) {
            while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
                continue;
            }
        }
    }

    /** Reads until there are so many records, or no more. */
    void readUntil(int records) throws IOException {
        for (FollowingReader reader : readers.values()) {
            while (output.values().size() < records && reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
                continue;
            }
        }
    }

    void lookAndRead() throws Exception {
        look();
        read();
    }

    Checkpoint checkpoint() throws Exception {
        dealtSince.clear();
        List<byte[]> files = new ArrayList<>();
        FollowedFile.Serializer serializer = new FollowedFile.Serializer();
        byte[] dealt = new FileKeysSerializer().serialize(enumerator.snapshotState(1));
        for (FollowingReader reader : readers.values()) {
            for (FollowedFile file : reader.snapshotState(1)) {
                files.add(serializer.serialize(file));
            }
        }
        return new Checkpoint(dealt, files);
    }

    List<Object> values() {
        return output.values();
    }

    List<String> released() {
        return output.released();
    }

    long count(String counter) {
        return counters.get(counter).getCount();
    }

    Object packed() {
        return packed.getValue();
    }

    FollowingReader reader(int subtask) {
        return readers.get(subtask);
    }

    @Override
    public void close() throws IOException {
        for (FollowingReader reader : readers.values()) {
            reader.close();
        }
    }

    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<FollowedFile> context() {
        return (SplitEnumeratorContext<FollowedFile>)
                proxy(SplitEnumeratorContext.class, (method, arguments) -> switch (method) {
                    case "currentParallelism" -> parallelism;
                    case "registeredReaders" -> readers;
                    case "metricGroup" -> proxy(SplitEnumeratorMetricGroup.class, (name, metric) -> {
                        packed = (Gauge<?>) metric[1];
                        return packed;
                    });
                    case "callAsync" -> {
                        look = (Callable<Object>) arguments[0];
                        looked = (BiConsumer<Object, Throwable>) arguments[1];
                        yield null;
                    }
                    case "assignSplits" -> {
                        ((SplitsAssignment<FollowedFile>) arguments[0])
                                .assignment()
                                .forEach((reader, files) -> {
                                    dealtSince.addAll(files);
                                    readers.get(reader).addSplits(files);
                                });
                        yield null;
                    }
                    case "sendEventToSourceReader" -> {
                        readers.get((Integer) arguments[0]).handleSourceEvents((SourceEvent) arguments[1]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method);
                });
    }

    @FunctionalInterface
    private interface Answers {
        Object to(String method, Object[] arguments);
    }

    private static Object proxy(Class<?> type, Answers answers) {
        return Proxy.newProxyInstance(
                FollowingJob.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments));
    }

    private static final class Counters extends UnregisteredMetricsGroup {
        private final Map<String, Counter> counters;

        Counters(Map<String, Counter> counters) {
            this.counters = counters;
        }

        @Override
        public Counter counter(String name) {
            return counters.computeIfAbsent(name, super::counter);
        }
    }
}
