package io.pipewright.stages.top;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.AddedValues;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.InOrderOperator;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.type.RecordType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the rows of each window when the watermark has passed it, and sends each ranking once. Until then the rows wait;
 * of a group that is being ranked there are never more on the heap than have a rank.
 */
final class WindowsOperator extends InOrderOperator {

    private static final long serialVersionUID = 1L;

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE + 2);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final TopPlan plan;
    private final RecordType row;

    @SuppressWarnings("NullAway.Init")
    private transient RankOrder order;

    @SuppressWarnings("NullAway.Init")
    private transient AddedValues rows;

    /** By the keys of groups; empty but while the watermark moves. */
    @SuppressWarnings("NullAway.Init")
    private transient Map<Object, Group> groups;

    private transient int windowEnd;

    WindowsOperator(
            TopPlan plan,
            RecordType input,
            RecordType row,
            @Nullable ReadPort late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(input, late, errors, failures);
        this.plan = plan;
        this.row = row;
    }

    private record Group(long time, Ranking ranking) {}

    @Override
    public void open() throws Exception {
        super.open();
        order = new RankOrder(plan, input());
        rows = AddedValues.bind(List.of(TopPlan.RANK), input(), row);
        groups = new LinkedHashMap<>();
        windowEnd = input().position(TopPlan.WINDOW_END);
    }

    /** The last moment of its window; for a bound that no window has, which only a source can have read, its own time. */
    @Override
    protected long dueAt(long time, DataRecord record) {
        return record.get(windowEnd) instanceof Instant end && !end.isBefore(FIRST) && !end.isAfter(LAST)
                ? end.toEpochMilli() - 1
                : time;
    }

    @Override
    protected void take(long time, DataRecord record) {
        RankOrder.Ranked ranked;
        try {
            ranked = order.of(record);
        } catch (EvaluationException failure) {
            fail(failure, time, input(), record);
            return;
        }
        groups.computeIfAbsent(
                        getCurrentKey(), key -> new Group(time, new Ranking(order, plan.n(), plan.sharedRanks())))
                .ranking
                .add(ranked);
    }

    @Override
    protected void taken() {
        for (Group group : groups.values()) {
            for (Ranking.Place place : group.ranking.places()) {
                output.collect(new StreamRecord<>(rows.of(place.ranked().record(), place.rank()), group.time));
            }
        }
        groups.clear();
    }
}
