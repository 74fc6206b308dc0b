package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedAggregate.Function;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateExpressionTest {

    private static Result<CheckedAggregate> check(String text) {
        return new ExpressionChecker(Checking.VARS).checkAggregate(text, Checking.SCOPE);
    }

    private static Object result(String text, Object... calls) {
        CheckedAggregate aggregate = check(text).get();
        return aggregate.result().evaluator(aggregate.resultScope()).evaluate(DataRecord.of(), calls);
    }

    @Test
    void aCallAloneIsItsOwnResult() {
        CheckedAggregate count = check("count()").get();
        assertThat(count.calls())
                .containsExactly(new CheckedAggregate.Call(Function.COUNT, null, null, null, null, Scalar.LONG, false));
        assertThat(count.result().type()).isEqualTo(Scalar.LONG);
        assertThat(count.result().nullable()).isFalse();
        assertThat(result("count()", 3L)).isEqualTo(3L);
    }

    @Test
    void callsAreCalculatedWith() {
        assertThat(result("sum(cost) / count()", 9.0, 2L)).isEqualTo(4.5);
        assertThat(result("count(paid) * 100 / count()", 1L, 3L)).isEqualTo(33L);
        assertThat(result("count() > vars.limit", 7L)).isEqualTo(true);
        assertThat(result("orElse(min(discount), 0)", new Object[] {null})).isEqualTo(0.0);
    }

    @Test
    void typesAndNullsFollowFromTheArguments() {
        CheckedAggregate all =
                check("[count(status == \"A\"), sum(n), max(big), min(n + 1)]").get();
        assertThat(all.calls()).extracting(CheckedAggregate.Call::type).containsOnly(Scalar.LONG);
        assertThat(all.calls().get(0).condition().evaluator(Checking.SCOPE).test(Checking.RECORD))
                .isFalse();
        assertThat(all.calls().get(1).argument().evaluator(Checking.SCOPE).evaluate(Checking.RECORD))
                .isEqualTo(7L);
        assertThat(check("avg(n)").get().calls().get(0).type()).isEqualTo(Scalar.DOUBLE);
        assertThat(check("max(status)").get().result().type()).isEqualTo(Scalar.STRING);
        assertThat(check("sum(price)").get().result().type()).isEqualTo(Scalar.DECIMAL);
        assertThat(check("max(timestamp)").get().result().nullable()).isFalse();
        assertThat(check("max(discount)").get().result().nullable()).isTrue();
        assertThat(check("avg(cost, paid)").get().result().nullable()).isTrue();
        assertThat(check("sum(discount, paid)").get().result().nullable()).isFalse();
    }

    @Test
    void argumentsTellWhatTheyRead() {
        CheckedAggregate.Call call =
                check("sum(cost, has(note) && note != status)").get().calls().get(0);
        assertThat(call.argument().fieldsRead()).containsExactly("cost");
        assertThat(call.argument().text()).isEqualTo("cost");
        assertThat(call.condition().fieldsRead()).containsExactly("note", "status");
        assertThat(call.condition().text()).isEqualTo("has(note) && note != status");
    }

    @Test
    void callsWithFurtherArgumentsTellThem() {
        CheckedAggregate.Call latest =
                check("argMax(note, n, paid)").get().calls().get(0);
        assertThat(latest.by().text()).isEqualTo("n");
        assertThat(latest.condition().text()).isEqualTo("paid");
        assertThat(latest.type()).isEqualTo(Scalar.STRING);
        assertThat(latest.nullable()).isTrue();
        assertThat(check("argMin(n, cost)").get().result().nullable()).isFalse();
        assertThat(check("argMin(n, discount)").get().result().nullable()).isTrue();
        CheckedAggregate.Call share =
                check("percentile(wait, 0.95)").get().calls().get(0);
        assertThat(share.number()).isEqualByComparingTo("0.95");
        assertThat(share.type()).isEqualTo(Scalar.DURATION);
        assertThat(check("percentile(price, 1, paid)").get().result().nullable())
                .isTrue();
        CheckedAggregate some = check("collect(tags, vars.limit)").get();
        assertThat(some.result().type()).isEqualTo(new ListType(new ListType(Scalar.STRING)));
        assertThat(some.calls().get(0).number()).isEqualByComparingTo("5");
        assertThat(check("countDistinct(address) + countDistinct(raw, paid)")
                        .get()
                        .calls())
                .extracting(CheckedAggregate.Call::type)
                .containsOnly(Scalar.LONG);
        assertThat(check("first(address).city").get().result().type()).isEqualTo(Scalar.STRING);
        assertThat(result("size(collect(n, 3)) > 2", List.of(1L, 2L, 3L))).isEqualTo(true);
        assertThat(result("last(cost) - first(cost)", 3.0, 1.0)).isEqualTo(2.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
        cost                | outside-aggregate | cost     | `cost` stands outside an aggregate call.
        count() + n         | outside-aggregate | n        | `n` stands outside an aggregate call.
        sum(max(cost))      | nested-aggregate  | max      | `max` cannot stand inside another aggregate call.
        sum(status)         | type-mismatch     | sum      | `sum` does not take `string`.
        count(n)            | type-mismatch     | count    | `count` does not take `int`.
        countt()            | unknown-function  | countt   | There is no function `countt`.
        avg(cost, paid) + 1 | null-not-handled  | avg(cost, paid) | `avg(cost, paid)` may be null here.
        sum(cost, flag)     | null-not-handled  | flag     | This condition may be null.
        tags.map(t, sum(size(t)))  | outside-aggregate | tags  | `tags` stands outside an aggregate call.
        percentile(n, 95)   | out-of-range      | 95       | `percentile` takes a share above 0 and up to 1, not `95`.
        percentile(n, 0.0)  | out-of-range      | 0.0      | `percentile` takes a share above 0 and up to 1, not `0.0`.
        percentile(n, cost) | bad-literal       | cost     | `percentile` takes a number here that is the same for all records.
        percentile(paid, 0.5) | type-mismatch   | percentile | `percentile` does not take `boolean` and `double`.
        collect(n, 0)       | out-of-range      | 0        | `collect` takes a limit from 1 to 1000, not `0`.
        collect(n, 4294967297) | out-of-range   | 4294967297 | `collect` takes a limit from 1 to 1000, not `4294967297`.
        collect(n)          | type-mismatch     | collect  | `collect` does not take `int`.
        argMax(n, paid)     | type-mismatch     | argMax   | `argMax` does not take `int` and `boolean`.
        argMax(n, max(n))   | nested-aggregate  | max      | `max` cannot stand inside another aggregate call.
        first(note) + 1     | type-mismatch     | +        | `+` does not take `string` and `int`.
        first(discount) + 1 | null-not-handled  | first(discount) | `first(discount)` may be null here.
        [1].map(t, sum(t))  | outside-aggregate | t        | `t` is not known inside an aggregate call.
        """)
    void whatIsWrongIsTold(String text, String code, String marked, String message) {
        ExpressionProblem problem = check(text).problems().get(0);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(text.substring(problem.start(), problem.end())).isEqualTo(marked);
    }

    @ParameterizedTest
    @CsvSource({
        "mean(cost), write `avg(x)`.",
        "Median(cost), 'write `percentile(x, 0.5)`.'",
        "countt(), did you mean `count`?",
        "histogram(cost), 'aggregates: count, sum, avg, min, max, countDistinct, first, last, argMax, argMin, percentile, collect.'"
    })
    void whatAnAggregateIsCalledHereIsTold(String text, String hint) {
        assertThat(check(text).problems()).singleElement().satisfies(problem -> assertThat(problem.hint())
                .isEqualTo(hint));
    }

    @Test
    void listsInsideTheArgumentsStillSum() {
        assertThat(check("sum(sizes.sum())")
                        .get()
                        .calls()
                        .get(0)
                        .argument()
                        .evaluator(Checking.SCOPE)
                        .evaluate(Checking.RECORD))
                .isEqualTo(6L);
        assertThat(new ExpressionChecker(Map.of())
                        .checkAggregate("1", Checking.SCOPE)
                        .get()
                        .calls())
                .isEmpty();
    }
}
