package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.pipewright.expression.FunctionReference.Example;
import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of functions, against what there is, and {@code docs/expressions.md}, which shows it. */
class FunctionReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("pipewright.root", "../.."), "docs/expressions.md");
    private static final String BEGIN = "<!-- functions, written anew by -Dpipewright.update=true -->\n";
    private static final String END = "<!-- end of functions -->\n";
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .build();

    static Stream<Example> examples() {
        return FunctionReference.groups().stream()
                .flatMap(group -> group.functions().stream())
                .flatMap(function -> function.examples().stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleHasItsValue(Example example) {
        CheckedExpression checked = Checking.check(example.expression()).get();
        if (example.value().startsWith(FunctionReference.NO_VALUE)) {
            assertThatThrownBy(() -> Checking.evaluate(example.expression()))
                    .isInstanceOfSatisfying(
                            EvaluationException.class, e -> assertThat(FunctionReference.NO_VALUE + e.code())
                                    .isEqualTo(example.value()));
        } else if (example.value().equals(FunctionReference.NULL)) {
            assertThat(checked.nullable()).isTrue();
            assertThat(Checking.evaluate(example.expression())).isNull();
        } else {
            assertThat(checked.type())
                    .isEqualTo(Checking.check(example.value()).get().type());
            assertThat(Checking.evaluate("(" + example.expression() + ") == (" + example.value() + ")"))
                    .as(() -> "the value is " + Checking.evaluate(example.expression()))
                    .isEqualTo(true);
        }
    }

    @Test
    void whereCelHasTheFunctionItGivesTheSameValue() throws Exception {
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.strings(), CelExtensions.math(), CelExtensions.regex(), CelExtensions.optional())
                .build();
        CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(
                        CelExtensions.strings(), CelExtensions.math(), CelExtensions.regex(), CelExtensions.optional())
                .build();
        int compared = 0;
        for (Example example : examples().toList()) {
            CelRuntime.Program program;
            try {
                program = runtime.createProgram(
                        compiler.compile(example.expression()).getAst());
            } catch (CelValidationException ours) {
                continue;
            }
            compared++;
            assertThat(ours(example)).as(example.expression()).isEqualTo(reference(program));
        }
        assertThat(compared).isGreaterThan(55);
    }

    private static Object reference(CelRuntime.Program program) {
        try {
            Object value = program.eval();
            return value instanceof Optional<?> optional
                    ? optional.map(Object.class::cast).orElse("null")
                    : value;
        } catch (CelEvaluationException e) {
            return "no value";
        }
    }

    private static Object ours(Example example) {
        try {
            return Objects.requireNonNullElse(Checking.evaluate(example.expression()), "null");
        } catch (EvaluationException e) {
            return "no value";
        }
    }

    @Test
    void everyFunctionIsInTheTable() {
        TreeSet<String> declared = new TreeSet<>(Set.of("orElse"));
        Stream.concat(Functions.FIXED.stream(), CelExtensions.strings(Environment.TEXT_FUNCTIONS).functions().stream())
                .map(CelFunctionDecl::name)
                .filter(name -> Character.isLetter(name.charAt(0)))
                .forEach(declared::add);
        assertThat(FunctionReference.names()).containsAll(declared);
        assertThat(FunctionReference.groups())
                .flatExtracting(FunctionReference.Group::functions)
                .filteredOn(function -> !function.name().equals("has"))
                .allSatisfy(function -> assertThat(function.examples())
                        .isNotEmpty()
                        .allSatisfy(example -> assertThat(example.expression()).contains(function.name())));
    }

    /** What may be null has to be handled before any function is called with it, and no other call gives a null. */
    @Test
    void noFunctionButThoseOfNullTakesANull() {
        CelTypes types = new CelTypes();
        int calls = 0;
        for (CelFunctionDecl function : LibraryFunctions.declarations()) {
            for (CelOverloadDecl overload : function.overloads()) {
                List<CelType> parameters = List.copyOf(overload.parameterTypes());
                assertThat(nullable(types, function.name(), overload, parameters.size()))
                        .as(overload.overloadId())
                        .isEqualTo(Optional.of(function.name().equals("regex.extract")));
                for (int i = 0; i < parameters.size(); i++) {
                    assertThat(nullable(types, function.name(), overload, i))
                            .as(overload.overloadId())
                            .isEmpty();
                    calls++;
                }
            }
        }
        assertThat(calls).isGreaterThan(60);
    }

    /** Whether a call may be null if only the argument at a position may; empty if that is refused. */
    private static Optional<Boolean> nullable(CelTypes types, String name, CelOverloadDecl overload, int position) {
        List<Field> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (CelType parameter : overload.parameterTypes()) {
            DataType type = types.from(parameter).orElseThrow();
            names.add("f" + fields.size());
            fields.add(new Field("f" + fields.size(), type, fields.size() == position));
        }
        String call = overload.isInstanceFunction()
                ? "f0." + name + "(" + String.join(", ", names.subList(1, names.size())) + ")"
                : name + "(" + String.join(", ", names) + ")";
        Result<CheckedExpression> checked =
                new ExpressionChecker(Map.of()).check(call, Scope.of(new RecordType("T", fields)));
        if (checked.ok()) {
            return Optional.of(checked.get().nullable());
        }
        assertThat(checked.problems())
                .as(call)
                .extracting(ExpressionProblem::code)
                .containsExactly("null-not-handled");
        return Optional.empty();
    }

    @Test
    void thePageShowsTheTableAndEveryAggregate() throws Exception {
        String before = Files.readString(PAGE);
        int begin = before.indexOf(BEGIN) + BEGIN.length();
        int end = before.indexOf(END);
        assertThat(end).isGreaterThanOrEqualTo(begin).isGreaterThan(BEGIN.length());
        String page = before.substring(0, begin) + table() + before.substring(end);
        if (Boolean.getBoolean("pipewright.update") && !before.equals(page)) {
            Files.writeString(PAGE, page);
            fail("%s was written. Look at it, and run again without -Dpipewright.update.", PAGE);
        }
        assertThat(page).isEqualTo(before);
        assertThat(Arrays.stream(CheckedAggregate.Function.values()))
                .allSatisfy(function -> assertThat(page).contains("`" + function.text() + "("));
    }

    private static String table() {
        StringBuilder text = new StringBuilder();
        for (FunctionReference.Group group : FunctionReference.groups()) {
            text.append("\n### ").append(group.title()).append("\n\n| Call | Value | Examples |\n|---|---|---|\n");
            for (FunctionReference.Function function : group.functions()) {
                List<String> calls =
                        function.calls().stream().map(call -> "`" + call + "`").toList();
                List<String> examples = function.examples().stream()
                        .map(example -> "`" + example.expression() + "` → " + shown(example.value()))
                        .toList();
                text.append("| %s | %s | %s |\n"
                        .formatted(String.join("<br>", calls), function.means(), String.join("<br>", examples)));
            }
        }
        return text.append("\n").toString();
    }

    private static String shown(String value) {
        return value.startsWith(FunctionReference.NO_VALUE)
                ? FunctionReference.NO_VALUE + "`" + value.substring(FunctionReference.NO_VALUE.length()) + "`"
                : "`" + value + "`";
    }
}
