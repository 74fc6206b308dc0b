package io.pipewright.stages.splits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

class SplitDealerTest {

    private static final Part A = new Part("a");
    private static final Part B = new Part("b");
    private static final Part C = new Part("c");

    private final Map<Integer, List<Part>> assigned = new HashMap<>();
    private final List<Integer> told = new ArrayList<>();

    private record Part(String splitId) implements SourceSplit {}

    @Test
    void eachReaderIsGivenItsOwnWhenItComes() {
        SplitDealer<Part> dealer = new SplitDealer<>(context(), List.of(A, B, C));
        dealer.addReader(1);
        assertThat(assigned).isEqualTo(Map.of(1, List.of(B)));
        assertThat(told).containsExactly(1);
        assertThat(dealer.snapshotState(1)).containsExactly(A, C);
        dealer.addReader(0);
        assertThat(assigned).containsEntry(0, List.of(A, C));
        assertThat(told).containsExactly(1, 0);
        assertThat(dealer.snapshotState(2)).isEmpty();
    }

    @Test
    void aReaderThatComesBackIsGivenItsOwnAgain() {
        SplitDealer<Part> dealer = new SplitDealer<>(context(), List.of(A, B));
        dealer.addReader(0);
        dealer.addReader(1);
        assigned.clear();
        dealer.addSplitsBack(List.of(B), 1);
        assertThat(dealer.snapshotState(1)).containsExactly(B);
        dealer.addReader(1);
        assertThat(assigned).isEqualTo(Map.of(1, List.of(B)));
    }

    @Test
    void aReaderWithNothingOfItsOwnIsToldSo() {
        SplitDealer<Part> dealer = new SplitDealer<>(context(), List.of(A));
        dealer.addSplitsBack(List.of(), 1);
        dealer.addReader(1);
        assertThat(told).containsExactly(1);
        assertThat(assigned).isEmpty();
    }

    @Test
    void whatNoReaderHasIsDealtOutAfterARestore() throws IOException {
        SimpleVersionedSerializer<List<Part>> serializer = new PartSerializer().ofLists();
        SplitDealer<Part> dealer = new SplitDealer<>(context(), List.of(A, B, C));
        dealer.addReader(1);
        byte[] kept = serializer.serialize(dealer.snapshotState(1));
        SplitDealer<Part> restored =
                new SplitDealer<>(context(), serializer.deserialize(serializer.getVersion(), kept));
        assigned.clear();
        restored.addReader(0);
        restored.addReader(1);
        assertThat(assigned).isEqualTo(Map.of(0, List.of(A), 1, List.of(C)));
    }

    private static final class PartSerializer extends SplitSerializer<Part> {
        PartSerializer() {
            super(1);
        }

        @Override
        protected void write(Part part, DataOutput out) throws IOException {
            out.writeUTF(part.splitId);
        }

        @Override
        protected Part read(DataInput in) throws IOException {
            return new Part(in.readUTF());
        }
    }

    /** Of two readers. */
    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<Part> context() {
        return (SplitEnumeratorContext<Part>) Proxy.newProxyInstance(
                SplitDealerTest.class.getClassLoader(),
                new Class<?>[] {SplitEnumeratorContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "currentParallelism" -> 2;
                    case "assignSplits" -> {
                        assigned.putAll(((SplitsAssignment<Part>) arguments[0]).assignment());
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
