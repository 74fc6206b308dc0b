package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Names;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mere name is not given to CEL's parser; it must be what the parser would have made of it. */
class NameExpressionTest {

    private static Stream<String> names() {
        return Stream.concat(
                Checking.SCOPE.fields().names().stream(),
                Stream.of(
                        "customer", "failure", "vars", "nothing", "meta", "int", "string", "type", "size", "_", "n1"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void isTheSameAsInParentheses(String name) {
        Result<CheckedExpression> bare = check(Checking.SCOPE, name);
        Result<CheckedExpression> enclosed = check(Checking.SCOPE, "(" + name + ")");
        assertThat(bare.problems())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("start", "end")
                .isEqualTo(enclosed.problems());
        if (bare.problems().isEmpty()) {
            assertThat(bare.get().type()).isEqualTo(enclosed.get().type());
            assertThat(bare.get().nullable()).isEqualTo(enclosed.get().nullable());
            assertThat(bare.get().fieldsRead()).isEqualTo(enclosed.get().fieldsRead());
            assertThat(bare.get().text()).isEqualTo(name);
        }
    }

    private static Stream<String> reserved() {
        return new TreeSet<>(Names.RESERVED).stream();
    }

    /** A file of fields may have any names; an expression cannot. */
    @ParameterizedTest
    @MethodSource("reserved")
    void aReservedWordIsNoName(String word) {
        Scope scope = Scope.of(new RecordType("Event", List.of(Field.of(word, Scalar.DURATION))));
        Result<CheckedExpression> bare = check(scope, word);
        Result<CheckedExpression> enclosed = check(scope, "(" + word + ")");
        assertThat(bare.problems())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("start", "end")
                .isEqualTo(enclosed.problems());
        if (bare.problems().isEmpty()) { // `true` and `false` are values
            assertThat(bare.get().type()).isEqualTo(Scalar.BOOLEAN);
        }
    }

    private static Result<CheckedExpression> check(Scope scope, String text) {
        return new ExpressionChecker(Map.of("limit", new Constant(Scalar.LONG, 3L))).check(text, scope);
    }
}
