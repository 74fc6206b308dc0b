package io.pipewright.flink.source;

import io.pipewright.spi.stage.SourceElement;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermark of one split: the latest event time less the allowed disorder less 1 ms. Failures and records without
 * event time do not move it.
 *
 * <p>It is emitted only when an event came since it was emitted last, because Flink takes an emission for activity, and
 * a split that was marked idle must stay so.
 */
final class EventTimeWatermarks implements WatermarkGenerator<SourceElement> {

    private final long distanceMillis;
    private long latest = SourceElement.NO_TIME;
    private boolean news;

    EventTimeWatermarks(Duration outOfOrderness) {
        this.distanceMillis = outOfOrderness.toMillis() + 1;
    }

    /** Timestamps as the decoder found them, and these watermarks per split. */
    static WatermarkStrategy<SourceElement> strategy(Duration outOfOrderness) {
        return new Strategy(outOfOrderness);
    }

    @Override
    public void onEvent(SourceElement element, long timestamp, WatermarkOutput output) {
        if (!element.failed() && element.eventTime() != SourceElement.NO_TIME) {
            latest = Math.max(latest, element.eventTime());
            news = true;
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (news) {
            news = false;
            output.emitWatermark(new Watermark(Math.max(latest, Long.MIN_VALUE + distanceMillis) - distanceMillis));
        }
    }

    private record Strategy(Duration outOfOrderness) implements WatermarkStrategy<SourceElement> {

        @Override
        public WatermarkGenerator<SourceElement> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
            return new EventTimeWatermarks(outOfOrderness);
        }

        @Override
        public TimestampAssigner<SourceElement> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
            return (element, timestamp) -> element.eventTime();
        }
    }
}
