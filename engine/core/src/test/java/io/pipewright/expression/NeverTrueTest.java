package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which conditions are found to be false for every record. */
class NeverTrueTest {

    private static final RecordType CALL = new RecordType(
            "Call",
            List.of(
                    new Field("status", Scalar.STRING, false),
                    new Field("channel", Scalar.STRING, true),
                    new Field("n", Scalar.INT, false),
                    new Field("price", Scalar.DOUBLE, false),
                    new Field("paid", Scalar.BOOLEAN, false),
                    new Field("at", Scalar.TIMESTAMP, false),
                    new Field("tags", new ListType(Scalar.STRING), false)));

    private final ExpressionChecker checker = new ExpressionChecker(Map.of("on", new Constant(Scalar.BOOLEAN, false)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "!true",
                "1 > 2",
                "1 == 2",
                "n > 0 && false",
                "status == \"A\" && status == \"B\"",
                "status == \"A\" && n > 0 && \"B\" == status",
                "status == \"A\" && status != \"A\"",
                "channel == \"A\" && channel == \"B\"",
                "n > 5 && n < 3",
                "5 < n && 3 > n",
                "n > 5 && n <= 5",
                "n == 5 && n > 5",
                "n > 5.5 && n < 3",
                "price >= 1.5 && price < 1.5",
                "at < timestamp(\"2024-01-01T00:00:00Z\") && at > timestamp(\"2025-01-01T00:00:00Z\")",
                "n < n",
                "n != n",
                "status != status",
                "paid && !paid",
                "has(channel) && !has(channel)",
                "size(tags) > 3 && size(tags) == 2",
                "!(n > 0 || true)",
                "!(status == \"A\" || paid) && paid",
                "(n > 5 && n < 3) || paid && !paid",
                "n > 0 && (n < n || false)"
            })
    void isFound(String condition) {
        assertThat(checked(condition).neverTrue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "n > 0",
                "n == n",
                "n <= n",
                "price != price",
                "n >= 5 && n <= 5",
                "n == 5 && n >= 5 && n != 6",
                "n > 3 && n < 5",
                "n > 5 || n < 3",
                "price >= 0.0 && price <= -0.0",
                "n == 1 && price == 2.0",
                "status == \"A\" || status == \"B\"",
                "status != \"A\" && status != \"B\"",
                "n == 1 && n == 1",
                "price == 1.0 && n == 2",
                "!(n > 5 && n < 3)",
                "n > 0 && (n < n || paid)",
                "vars.on && paid",
                "tags.exists(t, t == \"a\") && tags.exists(t, t == \"b\")"
            })
    void isNotSaidOfWhatARecordCanMeet(String condition) {
        assertThat(checked(condition).neverTrue()).isFalse();
    }

    /** Of random conditions over few values, all records of few values are tried. */
    @Test
    void isSaidOfNoConditionThatARecordMeets() {
        List<String> atoms = List.of(
                "n > 1",
                "n >= 2",
                "n < 1",
                "1 >= n",
                "n == 1",
                "n != 1",
                "n < 1.5",
                "n > 0.5",
                "price > 1",
                "price < 1.0",
                "price == 1.0",
                "price != price",
                "n > price",
                "n < n",
                "price <= price",
                "paid",
                "!paid",
                "paid == true",
                "status == \"A\"",
                "status != \"A\"",
                "status < \"B\"",
                "status > \"A\"",
                "channel == \"A\"",
                "has(channel)",
                "!has(channel)",
                "channel != \"A\"",
                "true",
                "false");
        Random random = new Random(3);
        int never = 0;
        for (int i = 0; i < 3000; i++) {
            String condition = random(atoms, 3, random);
            CheckedExpression checked = checked(condition);
            if (checked.neverTrue()) {
                never++;
                Evaluator evaluator = checked.evaluator(Scope.of(CALL));
                assertThat(records()).as(condition).noneMatch(record -> evaluator.test(record));
            }
        }
        assertThat(never).isBetween(300, 2700);
    }

    private static String random(List<String> atoms, int depth, Random random) {
        if (depth == 0) {
            return atoms.get(random.nextInt(atoms.size()));
        }
        String left = random(atoms, depth - 1, random);
        String right = random(atoms, depth - 1, random);
        return switch (random.nextInt(5)) {
            case 0 -> "(" + left + " || " + right + ")";
            case 1 -> "!(" + left + " && " + right + ")";
            default -> "(" + left + " && " + right + ")";
        };
    }

    private static List<DataRecord> records() {
        List<DataRecord> all = new ArrayList<>();
        for (String status : List.of("A", "AB", "C")) {
            for (String channel : Arrays.asList("A", "B", null)) {
                for (int n = 0; n < 4; n++) {
                    for (double price : new double[] {-0.0, 0.0, 1.0, 1.5, Double.NaN}) {
                        for (boolean paid : new boolean[] {true, false}) {
                            Object[] values = {status, channel, n, price, paid, Instant.EPOCH, List.of()};
                            all.add(new DataRecord(values, null));
                        }
                    }
                }
            }
        }
        return all;
    }

    private CheckedExpression checked(String condition) {
        Result<CheckedExpression> result = checker.checkCondition(condition, Scope.of(CALL));
        assertThat(result.problems()).isEmpty();
        return result.value();
    }
}
