package io.pipewright.expression;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A scope with one field of every kind, a record for it, and short ways to check and evaluate against them. */
final class Checking {

    static final RecordType ADDRESS =
            RecordType.of("Address", Field.of("city", Scalar.STRING), Field.nullable("zip", Scalar.STRING));
    static final RecordType CUSTOMER = RecordType.of(
            "Customer",
            Field.of("customerId", Scalar.STRING),
            Field.nullable("tier", Scalar.STRING),
            Field.of("visits", Scalar.INT));
    static final RecordType CALL = RecordType.of(
            "Call",
            Field.of("channel", Scalar.STRING),
            Field.of("cost", Scalar.DOUBLE),
            Field.nullable("agent", Scalar.STRING),
            Field.of("tries", Scalar.INT));
    static final RecordType EVENT = RecordType.of(
            "Event",
            Field.of("recordType", Scalar.STRING),
            Field.of("status", Scalar.STRING),
            Field.nullable("customerId", Scalar.STRING),
            Field.nullable("note", Scalar.STRING),
            Field.of("n", Scalar.INT),
            Field.of("big", Scalar.LONG),
            Field.nullable("maybe", Scalar.LONG),
            Field.of("cost", Scalar.DOUBLE),
            Field.nullable("discount", Scalar.DOUBLE),
            Field.of("price", Scalar.DECIMAL),
            Field.of("paid", Scalar.BOOLEAN),
            Field.nullable("flag", Scalar.BOOLEAN),
            Field.of("raw", Scalar.BYTES),
            Field.of("day", Scalar.DATE),
            Field.of("timestamp", Scalar.TIMESTAMP),
            Field.of("wait", Scalar.DURATION),
            Field.of("tags", new ListType(Scalar.STRING)),
            Field.of("sizes", new ListType(Scalar.INT)),
            Field.of("labels", new MapType(Scalar.STRING)),
            Field.of("address", ADDRESS));
    static final DataRecord RECORD = DataRecord.of(
            "interaction",
            "FAILURE",
            "c1",
            null,
            7,
            5_000_000_000L,
            null,
            2.5,
            null,
            new BigDecimal("19.90"),
            true,
            null,
            new byte[] {1, 2},
            LocalDate.parse("2026-02-03"),
            Instant.parse("2026-02-03T04:05:06.789Z"),
            Duration.ofSeconds(90),
            List.of("a", "b"),
            List.of(1, 2, 3),
            Map.of("k", "v"),
            DataRecord.of("Ulm", null));
    static final Scope SCOPE = Scope.of(EVENT)
            .with(new Variable("customer", CUSTOMER, true))
            .with(new Variable("failure", new ListType(CALL), false))
            .with(new Variable("callback", new ListType(CALL), false));
    static final Object[] VARIABLES = {
        DataRecord.of("c1", "GOLD", 3),
        List.of(DataRecord.of("VOICE", 1.5, "ann", 1), DataRecord.of("CHAT", 2.0, null, 2)),
        List.of(DataRecord.of("VOICE", 4.0, "bob", 1))
    };
    static final Map<String, Constant> VARS = Map.of(
            "limit", new Constant(Scalar.INT, 5),
            "region", new Constant(Scalar.STRING, "EU"),
            "pause", new Constant(Scalar.DURATION, Duration.ofSeconds(10)));

    private Checking() {}

    static Result<CheckedExpression> check(String text) {
        return new ExpressionChecker(VARS).check(text, SCOPE);
    }

    static Object evaluate(String text) {
        return check(text).get().evaluator(SCOPE).evaluate(RECORD, VARIABLES);
    }

    static ExpressionProblem problem(String text) {
        List<ExpressionProblem> problems = check(text).problems();
        if (problems.size() != 1) {
            throw new AssertionError(text + ": " + problems);
        }
        return problems.get(0);
    }
}
