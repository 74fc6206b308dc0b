package io.pipewright.stages.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopTest {

    private static final RecordType SCORE = RecordType.of(
            "Score",
            Field.nullable("game", Scalar.STRING),
            Field.of("points", Scalar.LONG),
            Field.of("tags", new ListType(Scalar.STRING)),
            Field.of("seal", Scalar.BYTES));
    private static final RecordType WINDOWED =
            SCORE.with(Field.of("windowStart", Scalar.TIMESTAMP)).with(Field.of("windowEnd", Scalar.TIMESTAMP));

    private static TopOptions options(Duration ttl, String... by) {
        return new TopOptions(
                List.of("game"),
                3,
                List.of(by).stream()
                        .map(text -> new TopOptions.Order(
                                new Expression(text, "orderBy[0].by"), TopOptions.Direction.ASCENDING))
                        .toList(),
                TopOptions.Ties.FIRST,
                ttl);
    }

    @Test
    void rowsOfRankingsThatGoOnChangeAndThoseOfWindowsDoNot() {
        TopPlan goesOn = StageRun.plan(new TopType(), options(Duration.ofHours(1), "points"), TestPlan.from(SCORE));
        assertThat(goesOn.changes(OutputPort.MAIN)).isTrue();
        assertThat(goesOn.outputs().get(0).type().names())
                .containsExactly("game", "points", "tags", "seal", "rank", "op");
        TopPlan windows = StageRun.plan(new TopType(), options(null, "points"), TestPlan.from(WINDOWED));
        assertThat(windows.changes(OutputPort.MAIN)).isFalse();
        assertThat(windows.outputs().get(0).type().names()).endsWith("windowStart", "windowEnd", "rank");
    }

    @Test
    void itReadsItsGroupsAndWhatItOrdersBy() {
        TopPlan plan = StageRun.plan(new TopType(), options(null, "size(tags)"), TestPlan.from(WINDOWED));
        assertThat(plan.fieldsRead(Map.of(OutputPort.MAIN, Set.of("rank", "points"))))
                .isEqualTo(Map.of("from", Set.of("points", "game", "windowStart", "windowEnd", "tags")));
        assertThat(plan.partitioning(OutputPort.MAIN))
                .isEqualTo(new Partitioning.ByKey(List.of("game", "windowStart", "windowEnd"), true));
    }

    @Test
    void valuesWithoutAnOrderAreRefused() {
        TestPlan context = TestPlan.from(SCORE);
        new TopType().plan(options(Duration.ofHours(1), "tags"), context);
        new TopType().plan(options(Duration.ofHours(1), "seal"), context);
        new TopType().plan(options(Duration.ofHours(1)), context);
        assertThat(context.problems())
                .containsExactly(
                        "type-mismatch at orderBy[0].by", "type-mismatch at orderBy[0].by", "empty-list at orderBy");
    }

    @Test
    void fieldsOfItsOwnAndWindowsThatSendRowsAgainAreRefused() {
        TestPlan taken = TestPlan.from(SCORE.with(Field.of("rank", Scalar.LONG)).with(Field.of("op", Scalar.STRING)));
        new TopType().plan(options(Duration.ofHours(1), "points"), taken);
        assertThat(taken.problems()).containsExactly("reserved-field at from", "reserved-field at from");
        TestPlan again = TestPlan.from(WINDOWED.with(Field.of("firing", Scalar.LONG)));
        new TopType().plan(options(null, "points"), again);
        assertThat(again.problems()).containsExactly("changes-not-taken at from");
    }

    @Test
    void aTtlIsForRankingsThatGoOnAndTheyNeedOne() {
        TestPlan windows = TestPlan.from(WINDOWED);
        new TopType().plan(options(Duration.ofHours(1), "points"), windows);
        assertThat(windows.problems()).containsExactly("useless-option at ttl:");
        TestPlan goesOn = TestPlan.from(SCORE);
        new TopType().plan(options(null, "points"), goesOn);
        assertThat(goesOn.problems()).containsExactly("warning unbounded-state at ");
    }
}
