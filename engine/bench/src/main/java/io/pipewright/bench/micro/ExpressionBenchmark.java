package io.pipewright.bench.micro;

import io.pipewright.expression.ExpressionChecker;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;

/** {@code status == "FAILURE" && durationSec > 30} of a record: the engine's closures, and a lambda by hand. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpressionBenchmark {

    private static final int RECORDS = 1_024;
    private static final RecordType TYPE = RecordType.of(
            "Call",
            Field.of("status", Scalar.STRING),
            Field.of("durationSec", Scalar.INT),
            Field.of("id", Scalar.STRING));

    private final DataRecord[] records = records();
    private final Evaluator compiled = compiled();
    private final Predicate<DataRecord> lambda =
            record -> "FAILURE".equals(record.get(0)) && record.get(1) instanceof Integer seconds && seconds > 30;
    private int next;

    private static Evaluator compiled() {
        Scope scope = Scope.of(TYPE);
        CheckedExpression checked = new ExpressionChecker(Map.of())
                .checkCondition("status == \"FAILURE\" && durationSec > 30", scope)
                .value();
        return Objects.requireNonNull(checked).evaluator(scope);
    }

    private static DataRecord[] records() {
        DataRecord[] records = new DataRecord[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = DataRecord.of(i % 3 == 0 ? "FAILURE" : "SUCCESS", i % 60, "i" + i);
        }
        return records;
    }

    private DataRecord record() {
        return records[next++ & (RECORDS - 1)];
    }

    @Benchmark
    public @Nullable Object closures() {
        return compiled.evaluate(record());
    }

    @Benchmark
    public boolean lambda() {
        return lambda.test(record());
    }
}
