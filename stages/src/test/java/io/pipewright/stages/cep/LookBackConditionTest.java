package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.TestPlan;
import java.util.List;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.junit.jupiter.api.Test;

class LookBackConditionTest {

    private static final RecordType EVENT =
            RecordType.of("Event", Field.of("number", Scalar.LONG), Field.of("cost", Scalar.LONG));

    /** Puts the metrics of steps where they can be asked for by their own names. */
    private static final class Metrics extends InterceptingOperatorMetricGroup {
        @Override
        public MetricGroup addGroup(String key, String value) {
            assertThat(key + " " + value).isEqualTo("step second");
            return this;
        }

        long failed() {
            return ((Counter) get("failedLookBacks")).getCount();
        }
    }

    private record Taken(List<DataRecord> events) implements IterativeCondition.Context<DataRecord> {
        @Override
        public Iterable<DataRecord> getEventsForPattern(String step) {
            return step.equals("first") ? events : List.of();
        }

        @Override
        public long timestamp() {
            return 0;
        }

        @Override
        public long currentProcessingTime() {
            return 0;
        }
    }

    @Test
    void oneThatFailsIsNotMetAndCounted() throws Exception {
        CheckedExpression checked = TestPlan.from(EVENT)
                .checkCondition(
                        new Expression("number / first[0].cost > 1", "where"),
                        CepPlan.scope(EVENT, EVENT, List.of("first")))
                .orElseThrow();
        Metrics metrics = new Metrics();
        LookBackCondition condition = new LookBackCondition(checked, EVENT, "second");
        condition.setRuntimeContext(new MockStreamingRuntimeContext(false, 1, 0) {
            @Override
            public OperatorMetricGroup getMetricGroup() {
                return metrics;
            }
        });
        condition.open(DefaultOpenContext.INSTANCE);
        condition.open(DefaultOpenContext.INSTANCE);

        DataRecord event = DataRecord.of(6L, 0L);
        assertThat(condition.filter(event, new Taken(List.of(DataRecord.of(1L, 3L)))))
                .isTrue();
        assertThat(condition.filter(event, new Taken(List.of(DataRecord.of(1L, 6L)))))
                .isFalse();
        assertThat(metrics.failed()).isZero();
        assertThat(condition.filter(event, new Taken(List.of(DataRecord.of(1L, 0L)))))
                .isFalse();
        assertThat(condition.filter(event, new Taken(List.of()))).isFalse();
        assertThat(metrics.failed()).isEqualTo(2);
    }
}
