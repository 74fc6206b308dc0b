package io.pipewright.stages.cep;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.cep.pattern.conditions.RichIterativeCondition;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * A condition over an event and the events that its match has taken so far. One that fails is not met, and counted: the
 * event may fit other matches, so it cannot be taken from the pattern as a whole.
 */
final class LookBackCondition extends RichIterativeCondition<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final CheckedExpression condition;
    private final RecordType matched;
    private final String part;
    private final List<String> steps;

    private transient @Nullable Evaluator evaluator;

    @SuppressWarnings("NullAway.Init")
    private transient Counter failed;

    /**
     * @param matched an event as it is in a match
     * @param part whose condition it is, for the metric
     */
    LookBackCondition(CheckedExpression condition, RecordType matched, String part) {
        this.condition = condition;
        this.matched = matched;
        this.part = part;
        this.steps = List.copyOf(condition.variableFieldsRead().keySet());
    }

    /** Flink CEP opens a condition once for each edge on which it stands. */
    @Override
    public void open(OpenContext context) {
        if (evaluator == null) {
            evaluator = condition.evaluator(CepPlan.scope(matched, matched, steps));
            failed = getRuntimeContext().getMetricGroup().addGroup("step", part).counter("failedLookBacks");
        }
    }

    @Override
    public boolean filter(DataRecord event, Context<DataRecord> context) throws Exception {
        Evaluator opened = evaluator;
        if (opened == null) {
            throw new IllegalStateException("The condition of `" + part + "` was not opened.");
        }
        Object[] taken = new Object[steps.size()];
        for (int i = 0; i < taken.length; i++) {
            List<DataRecord> events = new ArrayList<>();
            context.getEventsForPattern(steps.get(i)).forEach(events::add);
            taken[i] = events;
        }
        try {
            return opened.test(event, taken);
        } catch (EvaluationException failure) {
            failed.inc();
            return false;
        }
    }
}
