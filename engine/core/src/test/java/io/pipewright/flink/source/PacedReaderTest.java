package io.pipewright.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.SourceElement;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.streaming.api.operators.source.TimestampsAndWatermarks;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

/** Against Flink's own per-split watermarks, with a clock of the test's. */
class PacedReaderTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeAlarm alarm = new FakeAlarm();
    private final FakeReader<SourceElement> inner = new FakeReader<>();
    private final List<SourceEvent> sent = new ArrayList<>();
    private final TestProcessingTimeService flinkTime = new TestProcessingTimeService();
    private final Emitted emitted = new Emitted();
    private final ReaderOutput<SourceElement> output = flinkOutput();

    @Test
    void emitsAtItsShareHoweverMuchThereIs() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(1_000, 0, 0), "a");
        inner.offerEndlessly(at(1), 1);
        reader.handleSourceEvents(new RateShare(1_000));
        runFor(reader, 20 * SECOND);
        assertThat(emitted.records).isBetween(19_800, 20_200);
    }

    @Test
    void paysForEveryRecordOfAPollThatEmitsMany() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(1_000, 0, 0), "a");
        inner.offerEndlessly(at(1), 30);
        reader.handleSourceEvents(new RateShare(1_000));
        runFor(reader, 10 * SECOND);
        assertThat(emitted.records).isBetween(9_900, 10_100);
    }

    @Test
    void emitsNothingBeforeItKnowsItsShare() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(1_000, 0, 0), "a");
        inner.offerEndlessly(at(1), 1);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletableFuture<Void> available = reader.isAvailable();
        assertThat(available).isNotDone();
        assertThat(alarm.isSet()).isFalse();
        reader.handleSourceEvents(new RateShare(1_000));
        assertThat(available).isDone();
    }

    @Test
    void reportsItsSplitsWhenItStartsAndWheneverTheyChange() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(1_000, 0, 0), "a", "b");
        assertThat(sent).containsExactly(new SplitsReport(2));
        reader.addSplits(List.of(new FakeReader.Split("c")));
        reader.handleSourceEvents(new RateShare(1_000));
        inner.offer("a", null);
        alarm.advanceMillis(100);
        reader.pollNext(output);
        assertThat(sent).containsExactly(new SplitsReport(2), new SplitsReport(3), new SplitsReport(2));
    }

    @Test
    void isAwakenedByDataThroughTheFutureThatItHandedOut() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(0, 10 * SECOND, 10 * SECOND), "a");
        reader.pollNext(output);
        CompletableFuture<Void> available = reader.isAvailable();
        assertThat(available).isNotDone();
        assertThat(reader.isAvailable()).isSameAs(available);
        inner.offer("a", at(5));
        assertThat(available).isDone();
    }

    @Test
    void aSplitThatOffersNothingStopsHoldingBackTheWatermark() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(0, 10 * SECOND, 10 * SECOND), "a", "b");
        inner.offer("a", at(5_000));
        poll(reader, 2);
        assertThat(emitted.watermarks).isEmpty();
        alarm.advanceMillis(6_000);
        inner.offer("a", at(6_000));
        poll(reader, 2);
        alarm.advanceMillis(5_000);
        poll(reader, 1);
        emitPeriodically();
        assertThat(emitted.watermarks).last().isEqualTo(new Watermark(6_000 - 1_000 - 1));
        assertThat(emitted.statuses).isEmpty();
    }

    @Test
    void aReaderWhoseSplitsAreAllIdleIsIdleUntilARecordComes() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(0, 10 * SECOND, 10 * SECOND), "a");
        inner.offer("a", at(5_000));
        poll(reader, 2);
        emitPeriodically();
        alarm.advanceToRing();
        poll(reader, 1);
        emitPeriodically();
        assertThat(emitted.statuses).containsExactly(WatermarkStatus.IDLE);
        inner.offer("a", at(9_000));
        poll(reader, 2);
        emitPeriodically();
        assertThat(emitted.statuses).containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
    }

    @Test
    void failuresDoNotMoveTheWatermark() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(0, 10 * SECOND, 10 * SECOND), "a");
        inner.offer("a", at(5_000));
        inner.offer("a", new SourceElement(DataRecord.of(), true, 9_000));
        inner.offer("a", new SourceElement(DataRecord.of(), false, SourceElement.NO_TIME));
        poll(reader, 4);
        emitPeriodically();
        assertThat(emitted.watermarks).containsExactly(new Watermark(3_999));
    }

    @Test
    void timeInWhichTheLimitHoldsTheReaderBackDoesNotMakeASplitIdle() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(1, 10 * SECOND, 10 * SECOND), "a", "b");
        reader.handleSourceEvents(new RateShare(1 / 3_600.0));
        for (int i = 0; i < 10; i++) {
            inner.offer("b", at(5_000));
        }
        for (int minute = 0; minute < 30; minute++) {
            alarm.advanceMillis(60_000);
            poll(reader, 1);
        }
        inner.offer("a", at(1_000));
        emitPeriodically();
        assertThat(emitted.watermarks).isEmpty();
        assertThat(emitted.statuses).isEmpty();
    }

    @Test
    void aSplitThatWaitsForItsTurnIsNotIdleAndTheTimeBeginsWhenItIsReadToItsEnd() throws Exception {
        Set<String> splits = new LinkedHashSet<>(List.of("a"));
        WatchedOutput<SourceElement> watched =
                new WatchedOutput<>(output, new Pacing(0, 10 * SECOND, 10 * SECOND), splits);
        SourceOutput<SourceElement> split = watched.createOutputForSplit("a");
        split.markActive();
        watched.advance(60 * SECOND);
        assertThat(watched.nanosToIdle()).isEqualTo(Long.MAX_VALUE);
        emitPeriodically();
        assertThat(emitted.statuses).isEmpty();
        split.markIdle();
        assertThat(watched.nanosToIdle()).isEqualTo(10 * SECOND);
        watched.advance(10 * SECOND);
        emitPeriodically();
        assertThat(emitted.statuses).containsExactly(WatermarkStatus.IDLE);
        split.markActive();
        split.collect(at(5_000));
        emitPeriodically();
        assertThat(emitted.statuses).containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
        assertThat(emitted.watermarks).containsExactly(new Watermark(3_999));
    }

    @Test
    void aReaderWithoutSplitsIsIdleAndNotBeforeItsTime() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(0, 0, 10 * SECOND));
        poll(reader, 1);
        alarm.advanceMillis(9_999);
        poll(reader, 1);
        assertThat(emitted.statuses).isEmpty();
        alarm.advanceMillis(1);
        poll(reader, 1);
        assertThat(emitted.statuses).containsExactly(WatermarkStatus.IDLE);
    }

    @Test
    void aReaderWhoseLastSplitEndedIsIdle() throws Exception {
        PacedReader<SourceElement, FakeReader.Split> reader = reader(new Pacing(0, 0, 10 * SECOND), "a");
        inner.offer("a", at(5_000));
        poll(reader, 1);
        emitPeriodically();
        inner.offer("a", null);
        poll(reader, 2);
        alarm.advanceMillis(10_000);
        poll(reader, 1);
        assertThat(emitted.statuses).containsExactly(WatermarkStatus.IDLE);
    }

    private PacedReader<SourceElement, FakeReader.Split> reader(Pacing pacing, String... splits) {
        PacedReader<SourceElement, FakeReader.Split> reader = new PacedReader<>(inner, context(), pacing, alarm);
        reader.addSplits(List.of(splits).stream().map(FakeReader.Split::new).toList());
        reader.start();
        return reader;
    }

    private void poll(PacedReader<SourceElement, FakeReader.Split> reader, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            reader.pollNext(output);
        }
        reader.isAvailable();
    }

    /** Polls as Flink does: while there is something, else when the future completes. */
    private void runFor(PacedReader<SourceElement, FakeReader.Split> reader, long nanos) throws Exception {
        long end = alarm.nanoTime() + nanos;
        while (alarm.nanoTime() < end) {
            if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE) {
                CompletableFuture<Void> available = reader.isAvailable();
                assertThat(available.isDone() || alarm.isSet()).isTrue();
                alarm.advanceToRing();
                assertThat(available).isDone();
            }
        }
    }

    private void emitPeriodically() throws Exception {
        flinkTime.advance(1_000);
    }

    private static SourceElement at(long eventTime) {
        return new SourceElement(DataRecord.of(), false, eventTime);
    }

    private ReaderOutput<SourceElement> flinkOutput() {
        TimestampsAndWatermarks<SourceElement> logic = TimestampsAndWatermarks.createProgressiveEventTimeLogic(
                EventTimeWatermarks.strategy(Duration.ofSeconds(1)),
                new UnregisteredMetricsGroup(),
                flinkTime,
                200,
                new ManualClock(),
                new ManualClock(),
                UnregisteredMetricGroups.createUnregisteredTaskMetricGroup().getIOMetricGroup());
        ReaderOutput<SourceElement> made = logic.createMainOutput(emitted, new NoListener());
        logic.startPeriodicWatermarkEmits();
        return made;
    }

    private SourceReaderContext context() {
        return (SourceReaderContext) Proxy.newProxyInstance(
                PacedReaderTest.class.getClassLoader(),
                new Class<?>[] {SourceReaderContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sendSourceEventToCoordinator")) {
                        sent.add((SourceEvent) arguments[0]);
                    }
                    return null;
                });
    }

    private static final class NoListener implements TimestampsAndWatermarks.WatermarkUpdateListener {
        @Override
        public void updateIdle(boolean idle) {}

        @Override
        public void updateCurrentEffectiveWatermark(long watermark) {}

        @Override
        public void updateCurrentSplitWatermark(String splitId, long watermark) {}

        @Override
        public void splitFinished(String splitId) {}
    }

    private static final class Emitted implements PushingAsyncDataInput.DataOutput<SourceElement> {
        private int records;
        private final List<Watermark> watermarks = new ArrayList<>();
        private final List<WatermarkStatus> statuses = new ArrayList<>();

        @Override
        public void emitRecord(StreamRecord<SourceElement> record) {
            records++;
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            watermarks.add(watermark);
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) {
            statuses.add(status);
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {}

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {}
    }
}
