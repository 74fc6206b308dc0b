package io.pipewright.stages.top;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.AddedValues;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.InOrderOperator;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the ranking of each group, and emits what each record changes in it: first every row that has gone or has
 * another rank is deleted, then the rows that are new at their rank are written. So a row is deleted before another one
 * takes its place, whatever the key of a row is taken to be.
 */
final class RankingOperator extends InOrderOperator {

    private static final long serialVersionUID = 1L;

    private final TopPlan plan;
    private final RecordType row;

    @SuppressWarnings("NullAway.Init")
    private transient RankOrder order;

    @SuppressWarnings("NullAway.Init")
    private transient AddedValues rows;

    @SuppressWarnings("NullAway.Init")
    private transient ExpiringState rankings;

    RankingOperator(
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

    @Override
    public void open() throws Exception {
        super.open();
        order = new RankOrder(plan, input());
        rows = AddedValues.bind(List.of(TopPlan.RANK, RowChange.NAME), input(), row);
        rankings = ExpiringState.open(this, TopPlan.RANKING, TopPlan.ranking(input()), plan.ttl(), this::expire);
    }

    @Override
    protected void take(long time, DataRecord record) throws Exception {
        RankOrder.Ranked ranked;
        try {
            ranked = order.of(record);
        } catch (EvaluationException failure) {
            fail(failure, time, input(), record);
            return;
        }
        ExpiringState.Entry entry = rankings.get();
        if (entry != null && time >= rankings.expiry(entry.time())) {
            expire(rankings.expiry(entry.time()), entry.record()); // its timer has not fired yet
            change(entry, time, empty(), ranked, time);
        } else if (entry != null) {
            change(entry, Math.max(time, entry.time()), ranking(entry.time(), entry.record()), ranked, time);
        } else {
            change(null, time, empty(), ranked, time);
        }
    }

    /** @param updated the new time of the entry */
    private void change(
            ExpiringState.@Nullable Entry entry, long updated, Ranking ranking, RankOrder.Ranked ranked, long time)
            throws Exception {
        List<Ranking.Place> before = ranking.places();
        ranking.add(ranked);
        List<Ranking.Place> after = ranking.places();
        emit(before, after, RowChange.DELETE, time);
        emit(after, before, RowChange.UPSERT, time);
        if (plan.ttl() != ExpiringState.FOR_GOOD || ranking.has(ranked)) {
            List<DataRecord> records =
                    after.stream().map(place -> place.ranked().record()).toList();
            rankings.put(entry, updated, DataRecord.of(records));
        }
    }

    private Ranking empty() {
        return new Ranking(order, plan.n(), plan.sharedRanks());
    }

    /** What is remembered; a record that cannot be ranked any more, because the pipeline was edited, has failed. */
    private Ranking ranking(long time, DataRecord remembered) {
        Ranking ranking = empty();
        if (remembered.get(0) instanceof List<?> records) {
            for (Object each : records) {
                DataRecord record = (DataRecord) each;
                if (isWhole(time, record, "The row was stored")) {
                    addStored(ranking, time, record);
                }
            }
        }
        return ranking;
    }

    private void addStored(Ranking ranking, long time, DataRecord record) {
        try {
            ranking.add(order.of(record));
        } catch (EvaluationException failure) {
            fail(failure, time, input(), record);
        }
    }

    private void expire(long time, DataRecord remembered) {
        for (Ranking.Place place : ranking(time, remembered).places()) {
            emit(place, RowChange.DELETE, time);
        }
    }

    /** Emits the places that the others do not have. */
    private void emit(List<Ranking.Place> places, List<Ranking.Place> others, RowChange change, long time) {
        for (Ranking.Place place : places) {
            if (others.stream().noneMatch(place::isSame)) {
                emit(place, change, time);
            }
        }
    }

    private void emit(Ranking.Place place, RowChange change, long time) {
        output.collect(new StreamRecord<>(rows.of(place.ranked().record(), place.rank(), change.text()), time));
    }
}
