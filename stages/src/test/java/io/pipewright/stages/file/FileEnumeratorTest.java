package io.pipewright.stages.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.junit.jupiter.api.Test;

class FileEnumeratorTest {

    private static final FileSplit A = new FileSplit("a", 0, 0);
    private static final FileSplit B = new FileSplit("b", 0, 0);
    private static final FileSplit C = new FileSplit("c", 0, 0);

    private final Set<Integer> readers = new HashSet<>();
    private final Map<Integer, List<FileSplit>> assigned = new HashMap<>();
    private final Set<Integer> told = new HashSet<>();

    @Test
    void filesAreDealtAllAtOnceWhenEveryReaderIsThere() {
        FileEnumerator enumerator = new FileEnumerator(context(), List.of(A, B, C));
        register(enumerator, 1);
        assertThat(assigned).isEmpty();
        assertThat(enumerator.snapshotState(1)).containsExactly(A, B, C);
        register(enumerator, 0);
        assertThat(assigned).containsEntry(0, List.of(A, C)).containsEntry(1, List.of(B));
        assertThat(told).containsExactlyInAnyOrder(0, 1);
        assertThat(enumerator.snapshotState(2)).isEmpty();
    }

    @Test
    void aReaderThatComesBackGetsItsOwnFiles() {
        FileEnumerator enumerator = new FileEnumerator(context(), List.of(A, B));
        register(enumerator, 0);
        register(enumerator, 1);
        assigned.clear();
        enumerator.addSplitsBack(List.of(B), 1);
        assertThat(enumerator.snapshotState(1)).containsExactly(B);
        register(enumerator, 1);
        assertThat(assigned).isEqualTo(Map.of(1, List.of(B)));
    }

    @Test
    void aRestoredReaderIsToldThatItHasAll() {
        FileEnumerator enumerator = new FileEnumerator(context(), List.of());
        register(enumerator, 1);
        assertThat(told).containsExactly(1);
        assertThat(assigned).isEmpty();
    }

    private void register(FileEnumerator enumerator, int reader) {
        readers.add(reader);
        enumerator.addReader(reader);
    }

    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<FileSplit> context() {
        return (SplitEnumeratorContext<FileSplit>) Proxy.newProxyInstance(
                FileEnumeratorTest.class.getClassLoader(),
                new Class<?>[] {SplitEnumeratorContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "currentParallelism" -> 2;
                    case "registeredReaders" -> readers.stream()
                            .collect(Collectors.toMap(id -> id, id -> new ReaderInfo(id, "here")));
                    case "assignSplits" -> {
                        assigned.putAll(((SplitsAssignment<FileSplit>) arguments[0]).assignment());
                        yield null;
                    }
                    case "signalNoMoreSplits" -> {
                        told.add((Integer) arguments[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
