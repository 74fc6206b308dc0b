package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaExpressionTest {

    private static final RecordType CALL = RecordType.of("Call", Field.of("id", Scalar.STRING));
    private static final RecordType WHOLE = MetaField.addedTo(CALL, List.of(MetaField.values()));
    private static final DataRecord RECORD =
            DataRecord.of("a", "calls", 3, 17L, "k", Map.of("trace", "t"), Instant.EPOCH, false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        meta.topic + id                                | callsa
        meta.partition + 1                             | 4
        meta.offset                                    | 17
        orElse(meta.key, "none")                       | k
        has(meta.key) && meta.key.startsWith("k")      | true
        has(meta.topic)                                | true
        meta.headers["trace"] == "t"                   | true
        "other" in meta.headers                        | false
        meta.timestamp < timestamp("2026-01-01T00:00:00Z") | true
        meta.tombstone                                 | false
        [1, 2].map(meta, meta + 1)                     | [2, 3]
        """)
    void eachIsReadAsAFieldIs(String text, String value) {
        CheckedExpression checked = check(text, WHOLE).get();
        assertThat(checked.evaluator(Scope.of(WHOLE)).evaluate(RECORD)).hasToString(value);
    }

    @Test
    void onlyWhatIsReadNeedBeInTheRecord() {
        CheckedExpression checked =
                check("meta.offset > 5 && id == \"a\"", WHOLE).get();
        assertThat(checked.fieldsRead()).containsExactly("id", "meta.offset");
        RecordType stored = WHOLE.project(List.of("id", "meta.offset"));
        assertThat(checked.evaluator(Scope.of(stored)).evaluate(DataRecord.of("a", 17L)))
                .isEqualTo(true);
    }

    @Test
    void aKeyMayBeNull() {
        assertThat(check("meta.key + \"x\"", WHOLE).problems())
                .singleElement()
                .isEqualTo(new ExpressionProblem(
                        "null-not-handled",
                        "`meta.key` may be null here.",
                        "write `has(meta.key) && …`, or `orElse(meta.key, …)`.",
                        0,
                        8));
    }

    @Test
    void itIsNoValueItself() {
        RecordType some = MetaField.addedTo(CALL, List.of(MetaField.TOPIC, MetaField.OFFSET));
        assertThat(check("has(meta)", some).problems())
                .extracting(ExpressionProblem::code, ExpressionProblem::hint)
                .containsExactly(tuple("type-mismatch", "write one of `meta.topic`, `meta.offset`."));
        assertThat(check("meta.key == \"k\"", some).problems())
                .extracting(ExpressionProblem::code, ExpressionProblem::hint)
                .containsExactly(tuple("meta-not-available", "they have `meta.topic`, `meta.offset`."));
        assertThat(check("meta.topik == \"k\"", some).problems())
                .extracting(ExpressionProblem::code, ExpressionProblem::hint)
                .containsExactly(tuple("unknown-field", "did you mean `topic`?"));
    }

    @Test
    void aFieldOrAVariableOfTheNameHidesIt() {
        RecordType own = MetaField.addedTo(RecordType.of("Call", Field.of("meta", CALL)), List.of(MetaField.values()));
        assertThat(check("meta.id", own).get().fieldsRead()).containsExactly("meta");
        Scope scope = Scope.of(WHOLE).with(new Variable("meta", new ListType(CALL), false));
        assertThat(new ExpressionChecker(Map.of())
                        .check("meta[0].id", scope)
                        .get()
                        .fieldsRead())
                .isEmpty();
    }

    @Test
    void anAggregateReadsItOfEachRecord() {
        ExpressionChecker checker = new ExpressionChecker(Map.of());
        assertThat(checker.checkAggregate("max(meta.offset) - min(meta.offset)", Scope.of(WHOLE))
                        .get()
                        .calls()
                        .get(0)
                        .argument()
                        .fieldsRead())
                .containsExactly("meta.offset");
        assertThat(checker.checkAggregate("meta.offset", Scope.of(WHOLE)).problems())
                .extracting(ExpressionProblem::code, ExpressionProblem::message)
                .containsExactly(tuple("outside-aggregate", "`meta.offset` stands outside an aggregate call."));
    }

    private static Result<CheckedExpression> check(String text, RecordType fields) {
        return new ExpressionChecker(Map.of()).check(text, Scope.of(fields));
    }
}
