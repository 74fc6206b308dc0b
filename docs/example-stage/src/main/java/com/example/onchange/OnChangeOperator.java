package com.example.onchange;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.InOrderOperator;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last value of each key, and lets the records pass whose value is another one. The records of a key come
 * in the order of their event times, however they arrived; a record for which the expression has no value is a failure.
 */
final class OnChangeOperator extends InOrderOperator {

    private static final long serialVersionUID = 1L;

    private final OnChangePlan plan;
    private final RecordType passed;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient Evaluator value;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient Narrowing.Narrower passing;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient ExpiringState last;

    OnChangeOperator(
            OnChangePlan plan,
            RecordType input,
            RecordType passed,
            @Nullable ReadPort late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(input, late, errors, failures);
        this.plan = plan;
        this.passed = passed;
    }

    /** Binds names to the positions that fields have here: of the input and the output only what is read is there. */
    @Override
    public void open() throws Exception {
        super.open();
        value = plan.value().evaluator(Scope.of(input()));
        passing = Narrowing.none(plan.input()).bind(input(), passed);
        last = ExpiringState.open(this, OnChangePlan.LAST, plan.remembered(), plan.ttl(), (time, record) -> {});
    }

    @Override
    protected void take(long time, DataRecord record) throws Exception {
        DataRecord now;
        try {
            now = DataRecord.of(value.evaluate(record));
        } catch (EvaluationException failure) {
            fail(failure, time, input(), record);
            return;
        }
        ExpiringState.Entry before = last.get();
        boolean same = before != null
                && time < last.expiry(before.time())
                && before.record().equals(now);
        last.put(before, time, now);
        if (!same) {
            output.collect(new StreamRecord<>(passing.narrow(record), time));
        }
    }
}
