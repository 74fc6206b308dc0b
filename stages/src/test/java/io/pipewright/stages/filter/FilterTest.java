package io.pipewright.stages.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final RecordType EVENT =
            RecordType.of("Event", Field.nullable("customerId", Scalar.STRING), Field.nullable("n", Scalar.LONG));
    private static final RecordType KNOWN =
            RecordType.of("Known", Field.of("n", Scalar.LONG), Field.of("customerId", Scalar.STRING));

    private static FilterOptions options(String where, String record) {
        return new FilterOptions(
                new Expression(where, "where"), record == null ? null : new RecordRef(record, "record"));
    }

    @Test
    void whatMeetsTheConditionPassesNarrowedAndTheRestIsRejected() {
        TestPlan context = TestPlan.from(EVENT).record(KNOWN);
        try (StageRun run = StageRun.start(new FilterType(), options("has(customerId)", "Known"), context, true)) {
            run.feed(1, "c1", 1L).feed(2, null, 2L).feed(3, "c3", null);
            assertThat(run.rows()).containsExactly(DataRecord.of(1L, "c1"));
            assertThat(run.times(OutputPort.MAIN)).containsExactly(1L);
            assertThat(run.rows("rejected")).containsExactly(DataRecord.of(null, 2L));
            assertThat(run.failures()).containsExactly("cannot-narrow: `n` is null or missing.");
        }
    }

    @Test
    void withoutARecordTheInputPassesAsItIs() {
        try (StageRun run = StageRun.start(
                new FilterType(), options("orElse(n, 0) / 0 == 0 || n == 7", null), TestPlan.from(EVENT), false)) {
            run.feed(1, null, 7L).feed(2, null, 8L);
            assertThat(run.rows()).containsExactly(DataRecord.of(null, 7L));
            assertThat(run.failures()).singleElement().asString().startsWith("division-by-zero");
        }
    }

    @Test
    void aFailureEndsTheJobIfThatIsThePolicyAndIsCountedIfItIsDropped() {
        TestPlan context = TestPlan.from(EVENT).record(KNOWN);
        FilterPlan plan = StageRun.plan(new FilterType(), options("true", "Known"), context);
        Map<String, RecordType> read = Map.of(OutputPort.MAIN, KNOWN);
        try (StageRun run = StageRun.start(new FilterType(), plan, context, read, ErrorPolicy.DROP, false)) {
            run.feed(1, null, 1L);
            assertThat(run.failures()).isEmpty();
        }
        try (StageRun run = StageRun.start(new FilterType(), plan, context, read, ErrorPolicy.FAIL, false)) {
            assertThatThrownBy(() -> run.feed(1, null, 1L))
                    .rootCause()
                    .hasMessageContaining("`customerId` is null or missing");
        }
    }

    @Test
    void onlyTheFieldsInUseAreRead() {
        FilterPlan plan = StageRun.plan(new FilterType(), options("has(customerId)", null), TestPlan.from(EVENT));
        assertThat(plan.fieldsRead(Map.of())).isEqualTo(Map.of("from", java.util.Set.of("customerId")));
    }
}
