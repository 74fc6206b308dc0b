package io.pipewright.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class RateSharingTest {

    private final Set<Integer> registered = new TreeSet<>(List.of(0, 1, 2));
    private final Map<Integer, Double> shares = new HashMap<>();
    private double mostAtOnce;
    private final PacedEnumerator<FakeReader.Split, Integer> enumerator =
            new PacedEnumerator<>(nobody(), context(), new Pacing(600, 0, 0));

    @Test
    void readersShareByTheirSplits() {
        report(0, 1);
        report(1, 2);
        report(2, 0);
        assertThat(shares).containsEntry(0, 200.0).containsEntry(1, 400.0).containsEntry(2, 0.0);
    }

    @Test
    void theSharesNeverAddUpToMoreThanTheLimit() {
        report(0, 3);
        report(1, 1);
        report(2, 2);
        report(0, 0);
        report(1, 5);
        assertThat(mostAtOnce).isLessThanOrEqualTo(600.001);
        assertThat(shares).containsEntry(0, 0.0);
    }

    @Test
    void aReaderThatComesBackIsToldItsShareAgain() {
        report(0, 1);
        report(1, 1);
        shares.clear();
        report(1, 1);
        assertThat(shares).containsExactly(Map.entry(1, 300.0));
    }

    @Test
    void aReaderThatIsNotThereIsNotTold() {
        report(0, 1);
        registered.remove(0);
        shares.clear();
        report(1, 1);
        assertThat(shares).containsOnlyKeys(1);
    }

    private void report(int subtask, int splits) {
        enumerator.handleSourceEvent(subtask, new SplitsReport(splits));
    }

    @SuppressWarnings("unchecked")
    private static SplitEnumerator<FakeReader.Split, Integer> nobody() {
        return (SplitEnumerator<FakeReader.Split, Integer>) Proxy.newProxyInstance(
                RateSharingTest.class.getClassLoader(), new Class<?>[] {SplitEnumerator.class}, (p, m, a) -> null);
    }

    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<FakeReader.Split> context() {
        return (SplitEnumeratorContext<FakeReader.Split>) Proxy.newProxyInstance(
                RateSharingTest.class.getClassLoader(),
                new Class<?>[] {SplitEnumeratorContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("registeredReaders")) {
                        return registered.stream()
                                .collect(Collectors.toMap(id -> id, id -> new ReaderInfo(id, "here")));
                    }
                    shares.put((Integer) arguments[0], ((RateShare) arguments[1]).perSecond());
                    mostAtOnce = Math.max(
                            mostAtOnce,
                            shares.values().stream().mapToDouble(share -> share).sum());
                    return null;
                });
    }
}
