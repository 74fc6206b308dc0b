package io.pipewright.stages.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.nullable("customer", Scalar.STRING),
            Field.of("n", Scalar.LONG),
            Field.of("small", Scalar.INT),
            Field.of("tags", new ListType(Scalar.STRING)));

    private static Map<String, Expression> fields(String... namesAndTexts) {
        Map<String, Expression> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            fields.put(namesAndTexts[i], new Expression(namesAndTexts[i + 1], "fields." + namesAndTexts[i]));
        }
        return fields;
    }

    private static FieldsPlan select(String... fields) {
        return StageRun.plan(new SelectType(), new SelectOptions(fields(fields)), TestPlan.from(CALL));
    }

    private static FieldsPlan add(String... fields) {
        return StageRun.plan(new AddType(), new AddOptions(fields(fields)), TestPlan.from(CALL));
    }

    @Test
    void theTypesOfTheOutputAreThoseOfTheExpressions() {
        assertThat(select("who", "customer", "twice", "n * 2", "labels", "tags")
                        .outputs()
                        .get(0)
                        .type()
                        .toString())
                .isEqualTo("stage{who: string?, twice: long, labels: list<string>}");
        assertThat(add("n", "n > 3").outputs().get(0).type().toString())
                .isEqualTo("stage{customer: string?, n: boolean, small: int, tags: list<string>}");
    }

    @Test
    void aFieldIsNotOverAnotherOne() {
        TestPlan context = TestPlan.from(CALL);
        new AddType().plan(new AddOptions(fields("more", "n + 1", "most", "more + 1")), context);
        assertThat(context.problems()).containsExactly("unknown-field at fields.most");
    }

    @Test
    void fieldsWithoutANameAndNoFieldsAreRefused() {
        TestPlan context = TestPlan.from(CALL);
        new SelectType().plan(new SelectOptions(Map.of()), context);
        new AddType().plan(new AddOptions(fields("more-of-it", "n + 1")), context);
        assertThat(context.problems())
                .containsExactly("empty-map at fields", "invalid-field-name at fields.more-of-it:");
    }

    @Test
    void onlyWhatIsReadIsComputedAndReadOfTheInput() {
        FieldsPlan plan = add("twice", "n * 2", "none", "n / 0", "first", "tags[0]");
        assertThat(plan.fieldsRead(Map.of("", Set.of("twice", "customer"))))
                .isEqualTo(Map.of("from", Set.of("n", "customer")));
        Map<String, RecordType> read = Map.of("", RecordType.of("Row", Field.of("twice", Scalar.LONG)));
        try (StageRun run =
                StageRun.start(new AddType(), plan, TestPlan.from(CALL), read, ErrorPolicy.DEAD_LETTER, false)) {
            run.feed(1, null, 4L, 1, List.of());
            assertThat(run.rows()).containsExactly(DataRecord.of(8L));
            assertThat(run.failures()).isEmpty();
        }
    }

    @Test
    void aRecordStaysWhereItsKeyIsUnlessAFieldIsReplaced() {
        Partitioning kept = new Partitioning.OfInput("from");
        assertThat(add("twice", "n * 2").partitioning("")).isEqualTo(kept);
        assertThat(add("n", "n * 2").partitioning("")).isEqualTo(Partitioning.UNKNOWN);
        assertThat(select("n", "n", "who", "customer").partitioning("")).isEqualTo(kept);
        assertThat(select("customer", "string(n)").partitioning("")).isEqualTo(Partitioning.UNKNOWN);
        assertThat(select("small", "small").partitioning(""))
                .as("an expression has no `int`")
                .isEqualTo(Partitioning.UNKNOWN);
    }

    @Test
    void aRecordKeepsItsPlaceInTheSource() {
        try (StageRun run = StageRun.start(
                new SelectType(), new SelectOptions(fields("first", "tags[0]")), TestPlan.from(CALL), true)) {
            run.feed(7, null, 1L, 1, List.of("a", "b")).feed(8, null, 1L, 1, List.of());
            assertThat(run.rows()).containsExactly(DataRecord.of("a"));
            assertThat(run.rows().get(0).origin()).isNotNull();
            assertThat(run.times("")).containsExactly(7L);
            assertThat(run.failures()).singleElement().asString().startsWith("index-out-of-range");
        }
    }
}
