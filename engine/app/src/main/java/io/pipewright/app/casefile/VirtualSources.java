package io.pipewright.app.casefile;

import io.pipewright.spi.stage.SourceElement;
import io.pipewright.testkit.PipelineHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands for the sources of a pipeline while a case runs, and for time.
 *
 * <p>The clock goes to the moment of each arrival that is ahead of it. After each record the watermark of its source is
 * where the source would have it: the latest event time less {@code outOfOrderness}. When time passes, it passes for
 * all sources, as if each had had a record at its end.
 */
final class VirtualSources {

    private final PipelineHarness pipeline;
    private final Map<String, Ends.SourceEnd> sources;
    private final Map<String, Long> latest = new HashMap<>();
    private long now;

    /** Something a source emits, at a moment. */
    private record Due(String source, long at, SourceElement element) {}

    VirtualSources(PipelineHarness pipeline, Map<String, Ends.SourceEnd> sources, long now) {
        this.pipeline = pipeline;
        this.sources = sources;
        this.now = now;
    }

    /** Lets sources emit: each in the order that is given, and all together by the moments. */
    void feed(Step.Feed step) {
        List<Deque<Due>> waiting = new ArrayList<>();
        step.bySource().forEach(arrivals -> waiting.add(due(arrivals)));
        Deque<Due> next = next(waiting);
        while (!next.isEmpty()) {
            emit(next.remove());
            next = next(waiting);
        }
    }

    private static Deque<Due> next(List<Deque<Due>> waiting) {
        Deque<Due> next = new ArrayDeque<>();
        for (Deque<Due> source : waiting) {
            if (!source.isEmpty() && (next.isEmpty() || source.element().at < next.element().at)) {
                next = source;
            }
        }
        return next;
    }

    private Deque<Due> due(List<Arrival> arrivals) {
        Deque<Due> due = new ArrayDeque<>();
        long last = now;
        for (Arrival arrival : arrivals) {
            for (SourceElement element : elements(arrival)) {
                long time = element.eventTime() == SourceElement.NO_TIME ? last : element.eventTime();
                last = arrival.at().map(Instant::toEpochMilli).orElse(time);
                due.add(new Due(arrival.source(), last, element));
            }
        }
        return due;
    }

    private List<SourceElement> elements(Arrival arrival) {
        if (arrival instanceof Arrival.Values record) {
            boolean timed = end(record.source()).time().isPresent();
            Long time = timed ? arrival.at().map(Instant::toEpochMilli).orElse(null) : null;
            return List.of(pipeline.element(record.source(), time, record.values(), record.meta()));
        }
        Arrival.Message message = (Arrival.Message) arrival;
        long timestamp = message.timestamp().map(Instant::toEpochMilli).orElse(SourceElement.NO_TIME);
        // Lines of a file were recorded some time, and the clock follows them.
        long clock = message.at().map(Instant::toEpochMilli).orElse(Moments.LATEST.toEpochMilli());
        return pipeline.decode(
                message.source(),
                message.header(),
                message.bytes(),
                message.origin(),
                timestamp,
                message.envelope(),
                clock);
    }

    private Ends.SourceEnd end(String source) {
        Ends.SourceEnd end = sources.get(source);
        if (end == null) {
            throw new IllegalArgumentException("`" + source + "` is not a source.");
        }
        return end;
    }

    private void emit(Due due) {
        if (due.at > now) {
            now = due.at;
            pipeline.processingTime(now);
        }
        pipeline.feed(due.source, due.element);
        if (!due.element.failed() && due.element.eventTime() != SourceElement.NO_TIME) {
            follow(due.source, due.element.eventTime());
        }
    }

    void advance(Duration time) {
        now += time.toMillis();
        pipeline.processingTime(now);
        sources.forEach((source, end) -> {
            if (end.time().isPresent()) {
                follow(source, now);
            }
        });
    }

    private void follow(String source, long eventTime) {
        long reached = latest.merge(source, eventTime, Math::max);
        end(source).time().ifPresent(time -> {
            long distance = time.outOfOrderness().toMillis() + 1;
            pipeline.watermark(source, Math.max(reached, Long.MIN_VALUE + distance) - distance);
        });
    }
}
