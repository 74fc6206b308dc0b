package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.record.DataRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions are known to have a value, or to be null, for every record. */
class AlwaysKnownTest {

    private static final DataRecord NO_VALUES = new DataRecord(new Object[Checking.EVENT.size()], null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "status",
                "customer.tier",
                "status == \"FAILURE\"",
                "status != \"FAILURE\" && !(n == 1)",
                "has(note) || note == status",
                "orElse(customer.tier, \"NONE\")",
                "orElse(customer.tier, status) == \"GOLD\""
            })
    void whatHasAnAnswerForNullsTooNeverFails(String text) {
        assertThat(Checking.check(text).get().mayFail()).isFalse();
        Evaluator evaluator = Checking.check(text).get().evaluator(Checking.SCOPE);
        assertThatCode(() -> evaluator.evaluate(NO_VALUES, new Object[] {null, null, null}))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!paid",
                "paid && status == \"FAILURE\"",
                "n / 2 == 1",
                "n + 1",
                "n > 1",
                "status.size() > 1",
                "status in [\"FAILURE\"]",
                "orElse(note, string(n))",
                "failure[0].cost == 1.5"
            })
    void ofTheOthersNothingIsSaid(String text) {
        assertThat(Checking.check(text).get().mayFail()).isTrue();
    }
}
