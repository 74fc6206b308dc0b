package io.pipewright.stages.flatten;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlattenTest {

    private static final RecordType ITEM =
            RecordType.of("Item", Field.of("sku", Scalar.STRING), Field.nullable("count", Scalar.INT));
    private static final RecordType ORDER = RecordType.of(
            "Order",
            Field.of("id", Scalar.STRING),
            Field.of("items", new ListType(ITEM)),
            Field.of("sizes", new ListType(Scalar.INT)));

    private static FlattenOptions options(String list, String name) {
        return new FlattenOptions(new Expression(list, "list"), name);
    }

    private static FlattenPlan plan(String list, String name) {
        return StageRun.plan(new FlattenType(), options(list, name), TestPlan.from(ORDER));
    }

    @Test
    void anElementMayBeARecordAndMayTakeThePlaceOfItsList() {
        try (StageRun run = StageRun.start(new FlattenType(), options("items", "items"), TestPlan.from(ORDER), true)) {
            DataRecord first = DataRecord.of("s1", 2);
            DataRecord second = DataRecord.of("s2", null);
            run.feed(1, "o1", List.of(first, second), List.of());
            assertThat(run.rows())
                    .containsExactly(DataRecord.of("o1", first, List.of()), DataRecord.of("o1", second, List.of()));
        }
    }

    @Test
    void theElementHasTheTypeThatTheListSays() {
        assertThat(plan("items", "item").outputs().get(0).type().toString())
                .isEqualTo("stage{id: string, items: list<Item>, sizes: list<int>, item: Item}");
        try (StageRun run = StageRun.start(new FlattenType(), options("sizes", "size"), TestPlan.from(ORDER), true)) {
            run.feed(1, "o1", List.of(), List.of(3));
            RecordType row = plan("sizes", "size").outputs().get(0).type();
            Object element = run.rows().get(0).get(row.position("size"));
            assertThat(element)
                    .isInstanceOf(((Scalar) row.field("size").orElseThrow().type()).javaClass());
        }
    }

    @Test
    void theListIsNotReadWhereOnlyItsElementsAre() {
        assertThat(plan("sizes", "size").fieldsRead(Map.of("", Set.of("id", "size"))))
                .isEqualTo(Map.of("from", Set.of("id", "sizes")));
    }

    @Test
    void aRecordStaysWhereItsKeyIsUnlessTheElementReplacesAField() {
        assertThat(plan("sizes", "size").partitioning("")).isEqualTo(new Partitioning.OfInput("from"));
        assertThat(plan("sizes", "sizes").partitioning("")).isEqualTo(Partitioning.UNKNOWN);
    }

    @Test
    void whatIsNoListAndANameThatIsNoneAreRefused() {
        TestPlan context = TestPlan.from(ORDER);
        assertThat(new FlattenType().plan(options("id", "the item"), context)).isEmpty();
        assertThat(context.problems()).containsExactly("invalid-field-name at name", "type-mismatch at list");
    }
}
