package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Evaluates random expressions over random records here and with dev.cel's own runtime. */
class ExpressionOracleTest {

    private static final int EXPRESSIONS = Integer.getInteger("pipewright.oracle.expressions", 1500);
    private static final int RECORDS = 5;
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .build();

    private static final RecordType TYPE = RecordType.of(
            "T",
            Field.of("i1", Scalar.LONG),
            Field.of("i2", Scalar.INT),
            Field.of("d1", Scalar.DOUBLE),
            Field.of("d2", Scalar.DOUBLE),
            Field.of("s1", Scalar.STRING),
            Field.of("s2", Scalar.STRING),
            Field.of("b1", Scalar.BOOLEAN),
            Field.of("b2", Scalar.BOOLEAN),
            Field.of("li", new io.pipewright.spi.type.ListType(Scalar.LONG)),
            Field.of("ls", new io.pipewright.spi.type.ListType(Scalar.STRING)),
            Field.of("m", new io.pipewright.spi.type.MapType(Scalar.LONG)),
            Field.of("t1", Scalar.TIMESTAMP),
            Field.of("u1", Scalar.DURATION));

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings(), CelExtensions.math(), CelExtensions.regex())
            .addVar("i1", SimpleType.INT)
            .addVar("i2", SimpleType.INT)
            .addVar("d1", SimpleType.DOUBLE)
            .addVar("d2", SimpleType.DOUBLE)
            .addVar("s1", SimpleType.STRING)
            .addVar("s2", SimpleType.STRING)
            .addVar("b1", SimpleType.BOOL)
            .addVar("b2", SimpleType.BOOL)
            .addVar("li", ListType.create(SimpleType.INT))
            .addVar("ls", ListType.create(SimpleType.STRING))
            .addVar("m", MapType.create(SimpleType.STRING, SimpleType.INT))
            .addVar("t1", SimpleType.TIMESTAMP)
            .addVar("u1", SimpleType.DURATION)
            .build();
    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings(), CelExtensions.math(), CelExtensions.regex())
            .build();

    @Test
    void randomExpressionsComeOutAsWithTheReference() throws Exception {
        List<String> wrong = new ArrayList<>();
        int evaluated = 0;
        int failed = 0;
        int refused = 0;
        for (int seed = 0; seed < EXPRESSIONS; seed++) {
            String text = new RandomExpressions(seed).any();
            Result<CheckedExpression> checked = new ExpressionChecker(Map.of()).check(text, Scope.of(TYPE));
            if (!checked.ok()) {
                refused++;
                assertThat(checked.problems())
                        .as(text)
                        .extracting(ExpressionProblem::code)
                        .containsOnly("bad-literal");
                continue;
            }
            Evaluator evaluator = checked.get().evaluator(Scope.of(TYPE));
            CelRuntime.Program program = program(text);
            Random random = new Random(seed);
            for (int i = 0; i < RECORDS; i++) {
                Object[] row = row(random);
                Object expected = reference(program, row);
                Object found = ours(evaluator, row);
                evaluated++;
                failed += found instanceof EvaluationException ? 1 : 0;
                if (!same(expected, found)) {
                    wrong.add(seed + ": " + text + " over " + List.of(row) + "\n    reference " + expected
                            + "\n    ours      " + found);
                }
            }
        }
        System.out.printf(
                "Expression oracle: %d expressions, %d refused for a literal, %d evaluations, %d without a value, %d differ%n",
                EXPRESSIONS, refused, evaluated, failed, wrong.size());
        assertThat(wrong.stream().limit(20)).isEmpty();
        assertThat(refused).isLessThan(EXPRESSIONS / 5);
        assertThat(failed).isBetween(evaluated / 50, evaluated / 2);
    }

    private CelRuntime.Program program(String text) throws CelEvaluationException {
        try {
            return runtime.createProgram(compiler.compile(text).getAst());
        } catch (CelValidationException e) {
            throw new AssertionError(text, e);
        }
    }

    private static Object reference(CelRuntime.Program program, Object[] row) {
        Map<String, Object> variables = new HashMap<>();
        for (int i = 0; i < row.length; i++) {
            variables.put(TYPE.names().get(i), row[i] instanceof Integer number ? Long.valueOf(number) : row[i]);
        }
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            return e;
        }
    }

    private static Object ours(Evaluator evaluator, Object[] row) {
        try {
            return evaluator.evaluate(new DataRecord(row, null));
        } catch (EvaluationException e) {
            return e;
        }
    }

    private static boolean same(Object expected, Object found) {
        if (expected instanceof CelEvaluationException) {
            return found instanceof EvaluationException;
        }
        return expected.equals(found);
    }

    private static Object[] row(Random random) {
        long[] longs = {0, 1, -1, 2, 5, 100, Long.MAX_VALUE, Long.MIN_VALUE, random.nextInt(1000)};
        int[] ints = {0, 1, -1, 3, Integer.MAX_VALUE, random.nextInt(100)};
        double[] doubles = {
            0.0, -0.0, 1.5, -2.25, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 9.3e18, random.nextDouble()
        };
        String[] texts = {"", "a", "ab", "é😀x", "Ünï", "a,b,,c", " x ", "k1", "\u2003q\u00a0", "zz"};
        Map<String, Long> map = random.nextBoolean() ? Map.of("k1", 1L) : Map.of("k1", 7L, "k2", -3L, "a", 0L);
        return new Object[] {
            longs[random.nextInt(longs.length)],
            ints[random.nextInt(ints.length)],
            doubles[random.nextInt(doubles.length)],
            doubles[random.nextInt(doubles.length)],
            texts[random.nextInt(texts.length)],
            texts[random.nextInt(texts.length)],
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean() ? List.of() : List.of(3L, -1L, longs[random.nextInt(longs.length)]),
            random.nextBoolean() ? List.of("x") : List.of("k1", texts[random.nextInt(texts.length)]),
            map,
            Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000_000)),
            Duration.ofSeconds(random.nextInt(100_000) - 50_000)
        };
    }
}
