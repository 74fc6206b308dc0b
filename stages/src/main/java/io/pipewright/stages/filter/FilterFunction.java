package io.pipewright.stages.filter;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Tries the condition on each record, and narrows those that meet it. */
final class FilterFunction extends ProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final FilterPlan plan;
    private final Layouts layouts;
    private final @Nullable OutputTag<DataRecord> rejected;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient Evaluator where;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower passing;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower rejecting;

    FilterFunction(
            FilterPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> rejected,
            OutputTag<DataRecord> errors,
            Failures failures) {
        this.plan = plan;
        this.layouts = layouts;
        this.rejected = rejected;
        this.errors = errors;
        this.failures = failures;
    }

    /** What the records hold that come in, pass and are rejected. */
    record Layouts(RecordType input, RecordType passed, RecordType rejected) implements Serializable {}

    @Override
    public void open(OpenContext context) {
        failures.open(getRuntimeContext().getMetricGroup());
        where = plan.where().evaluator(Scope.of(layouts.input));
        passing = plan.narrowing().bind(layouts.input, layouts.passed);
        rejecting = Narrowing.none(plan.narrowing().from()).bind(layouts.input, layouts.rejected);
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<DataRecord> out) {
        boolean passes;
        try {
            passes = where.test(record);
        } catch (EvaluationException failure) {
            failures.report(
                    failure, context.timestamp(), layouts.input, record, failed -> context.output(errors, failed));
            return;
        }
        if (passes) {
            pass(record, context, out);
        } else if (rejected != null) {
            context.output(rejected, rejecting.narrow(record));
        }
    }

    private void pass(DataRecord record, Context context, Collector<DataRecord> out) {
        String missing = passing.missing(record);
        if (missing == null) {
            out.collect(passing.narrow(record));
        } else {
            failures.report(
                    Narrowing.CANNOT_NARROW,
                    missing,
                    context.timestamp(),
                    layouts.input,
                    record,
                    failed -> context.output(errors, failed));
        }
    }
}
