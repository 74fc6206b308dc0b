package io.pipewright.expression;

import static io.pipewright.expression.Checking.check;
import static io.pipewright.expression.Checking.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionProblemTest {

    /** Expression, code, the marked part, the message, the hint. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '~',
            textBlock =
                    """
        statuz == "A"               ¦ unknown-field        ¦ statuz      ¦ There is no field `statuz`.                          ¦ did you mean `status`?
        status == "A" && statuz > 3 ¦ unknown-field        ¦ statuz      ¦ There is no field `statuz`.                          ¦ did you mean `status`?
        "é😀" == statuz             ¦ unknown-field        ¦ statuz      ¦ There is no field `statuz`.                          ¦ did you mean `status`?
        callback[0].chanel == "x"   ¦ unknown-field        ¦ chanel      ¦ There is no field `chanel`.                          ¦ did you mean `channel`?
        has(customer.teir)          ¦ unknown-field        ¦ teir        ¦ There is no field `teir`.                            ¦ did you mean `tier`?
        vars.limt > 1               ¦ unknown-field        ¦ limt        ¦ There is no variable `vars.limt`.                    ¦ did you mean `limit`?
        n > "a"                     ¦ type-mismatch        ¦ >           ¦ `>` does not compare `int` with `string`.            ¦ compare numbers with numbers; a text in quotes is no number.
        status == 3                 ¦ type-mismatch        ¦ ==          ¦ `==` does not compare `string` with `int`.           ¦ compare numbers with numbers; a text in quotes is no number.
        timestamp > "2026-01-01"    ¦ type-mismatch        ¦ >           ¦ `>` does not compare `timestamp` with `string`.      ¦ write a moment as `timestamp("2026-01-31T12:00:00Z")`.
        status + 1 == "x"           ¦ type-mismatch        ¦ +           ¦ `+` does not take `string` and `int`.                ¦ make the number a text with `string(…)`.
        price + cost > 1            ¦ type-mismatch        ¦ +           ¦ `+` does not take `decimal` and `double`.            ¦ make both decimals with `decimal(…)`.
        status && paid              ¦ type-mismatch        ¦ status      ¦ `&&` joins two conditions, not `string` and `boolean`. ¦ write a condition, such as `seconds > 0`.
        !status                     ¦ type-mismatch        ¦ status      ¦ `!` turns a condition round, not `string`.           ¦ write a condition, such as `seconds > 0`.
        n ? 1 : 2                   ¦ type-mismatch        ¦ n           ¦ What stands before `?` is a condition, not `int`.    ¦ write a condition, such as `seconds > 0`.
        paid ? 1 : "x"              ¦ type-mismatch        ¦ ?           ¦ The two values of `? :` are of different types, `int` and `string`. ¦ compare numbers with numbers; a text in quotes is no number.
        status.foo()                ¦ unknown-function     ¦ foo         ¦ There is no function `foo`.                          ¦ use fields, operators and the functions that `docs/expressions.md` has.
        len(tags) > 1               ¦ unknown-function     ¦ len         ¦ There is no function `len`.                          ¦ did you mean `size`?
        siez(tags) > 1              ¦ unknown-function     ¦ siez        ¦ There is no function `siez`.                         ¦ did you mean `size`?
        count() > 1                 ¦ unknown-function     ¦ count       ¦ There is no function `count`.                        ¦ `count(…)` aggregates the records of a window; it has a place in `aggregate`.
        n.foo                       ¦ type-mismatch        ¦ foo         ¦ A value of type `int` has no fields.                 ¦ remove what follows the value.
        n.map(x, x)                 ¦ type-mismatch        ¦ n           ¦ This goes over a list or a map, not over `int`.      ¦ name a list or a map there.
        [1, "a"] == tags            ¦ type-mismatch        ¦ [1, "a"]    ¦ A list holds values of one type.                     ¦ use values that fit, or convert one, as with `double(…)` or `string(…)`.
        status = "A"                ¦ expression-syntax    ¦ =           ¦ `=` is not an operator here.                         ¦ write `==`.
        status == "A" and n > 3     ¦ expression-syntax    ¦ and         ¦ `and` is not an operator here.                       ¦ write `&&`.
        status == "and" or n > 3    ¦ expression-syntax    ¦ or          ¦ `or` is not an operator here.                        ¦ write `||`.
        status like "A%"            ¦ expression-syntax    ¦ like        ¦ `like` is not an operator here.                      ¦ write `field.contains("…")`, `field.startsWith("…")` or `field.matches("…")`.
        note is null                ¦ expression-syntax    ¦ is          ¦ `is` is not an operator here.                        ¦ whether a field is there is `has(field)`; that it is not, `!has(field)`.
        n <> 3                      ¦ expression-syntax    ¦ <>          ¦ `<>` is not an operator here.                        ¦ write `!=`.
        not paid                    ¦ expression-syntax    ¦ not         ¦ `not` is not an operator here.                       ¦ write `!`.
        note == null                ¦ bad-literal          ¦ ==          ¦ `null` cannot be compared or calculated with.        ¦ whether a field is there is `has(field)`; that it is not, `!has(field)`.
        n >                         ¦ expression-syntax    ¦             ¦ The expression ends before it is complete.           ¦ add what is missing, or remove the last operator or bracket.
        n > 3)                      ¦ expression-syntax    ¦ )           ¦ `)` is not expected here.                            ¦ remove it, or write an operator such as `&&` before it.
        status == "A                ¦ expression-syntax    ¦ "A          ¦ The text that begins here has no closing quote.      ¦ add the quote at its end.
        for > 1                     ¦ expression-syntax    ¦ for         ¦ `for` is a reserved word and cannot name a field.    ¦ give the field another name in `records`, and its own in `path`.
        n > 99999999999999999999    ¦ bad-literal          ¦ 99999999999999999999 ¦ The number is too large.                    ¦ whole numbers have 64 bits; write larger ones as `decimal("…")`.
        n == 1u                     ¦ bad-literal          ¦ 1u          ¦ There are no unsigned numbers. ¦ write it without `u`.
        has(1)                      ¦ type-mismatch        ¦ 1           ¦ `has` asks for a field.       ¦ name one in the brackets, such as `has(status)`.
        wait > duration("10 s")     ¦ bad-literal          ¦ "10 s"      ¦ `10 s` is not a duration.                             ¦ write it as `500ms`, `10s` or `1h30m`.
        timestamp > timestamp("x")  ¦ bad-literal          ¦ "x"         ¦ `x` is not a moment such as `2026-01-31T12:00:00Z`.  ¦ correct the text in quotes.
        status.matches("(")         ¦ bad-literal          ¦ "("         ¦ `(` is not a regular expression.                     ¦ correct the text in quotes.
        timestamp.getHours("Ulm")>1 ¦ bad-literal          ¦ "Ulm"       ¦ `Ulm` is not a time zone.                            ¦ correct the text in quotes.
        timestamp.format("YYYY-MM") ¦ bad-literal          ¦ "YYYY-MM"   ¦ `Y` has no meaning in a pattern of times.            ¦ write `yyyy` for the year, `MM` or `MMM` for the month, `dd` the day, `HH` the hour, `mm` the minute, `ss` the second, `SSS` milliseconds, `XXX` or `Z` the offset, and words between `'`.
        timestamp.format("HH", "Ulm") ¦ bad-literal        ¦ "Ulm"       ¦ `Ulm` is not a time zone.                            ¦ correct the text in quotes.
        timestamp.truncate("dya")   ¦ bad-literal          ¦ "dya"       ¦ `dya` is not a unit of time.                         ¦ write `second`, `minute`, `hour`, `day`, `week`, `month`, `quarter` or `year`.
        timestamp.truncate("day", "Ulm") ¦ bad-literal     ¦ "Ulm"       ¦ `Ulm` is not a time zone.                            ¦ correct the text in quotes.
        date(timestamp, "Ulm")      ¦ bad-literal          ¦ "Ulm"       ¦ `Ulm` is not a time zone.                            ¦ correct the text in quotes.
        day == date("31.1.2026")    ¦ bad-literal          ¦ "31.1.2026" ¦ `31.1.2026` is not a date such as `2026-01-31`.      ¦ correct the text in quotes.
        day.format("dd HH")         ¦ bad-literal          ¦ "dd HH"     ¦ `dd HH` asks for a time, which a date has not.       ¦ leave it out.
        timestamp(status, "MM/yyyy") ¦ bad-literal         ¦ "MM/yyyy"   ¦ `MM/yyyy` does not say which day is meant.           ¦ write `yyyy` for the year, `MM` or `MMM` for the month, `dd` the day, `HH` the hour, `mm` the minute, `ss` the second, `SSS` milliseconds, `XXX` or `Z` the offset, and words between `'`.
        regex.extract(status, "(")  ¦ bad-literal          ¦ "("         ¦ `(` is not a regular expression.                     ¦ correct the text in quotes.
        regex.extract(status, "(a)(b)") ¦ bad-literal      ¦ "(a)(b)"    ¦ `(a)(b)` has 2 groups, of which one could be taken.  ¦ make groups that are not wanted `(?:…)`.
        regex.replace(status, "(a)", r"\\2") ¦ bad-literal  ¦ r"\\2"       ¦ `\\2` names no group of the regular expression.       ¦ it has 1 group, and a backslash is written twice.
        math.round(price, 200)      ¦ bad-literal          ¦ 200         ¦ A number cannot be rounded to 200 digits.            ¦ write a number from 0 to 100.
        math.round(n)               ¦ type-mismatch        ¦ math.round  ¦ `math.round` does not take `int`.                    ¦ use values that fit, or convert one, as with `double(…)` or `string(…)`.
        math.flor(cost)             ¦ unknown-function     ¦ math.flor   ¦ There is no function `math.flor`.                    ¦ did you mean `math.floor`?
        round(cost)                 ¦ unknown-function     ¦ round       ¦ There is no function `round`.                        ¦ did you mean `math.round`?
        regexp_extract(status, "a") ¦ unknown-function     ¦ regexp_extract ¦ There is no function `regexp_extract`.            ¦ did you mean `regex.extract`?
        math.size() > 1             ¦ unknown-function     ¦ math.size   ¦ There is no function `math.size`.                    ¦ did you mean `math.sign`?
        math > 1                    ¦ unknown-field        ¦ math        ¦ There is no field `math`.                            ¦ check its name, or declare it.
        math.abs(maybe)             ¦ null-not-handled     ¦ maybe       ¦ `maybe` may be null here.                            ¦ write `has(maybe) && …`, or `orElse(maybe, …)`.
        regex.extract(status, "a").size() ¦ null-not-handled ¦ regex.extract(status, "a") ¦ This may be null here.     ¦ give it a value with `orElse(…, …)`.
        lower(status)               ¦ type-mismatch        ¦ lower       ¦ `lower` does not take `string`.                      ¦ write `text.lower()`.
        n.toInt()                   ¦ type-mismatch        ¦ toInt       ¦ `toInt` does not take `int`.                         ¦ write `toInt(x)`.
        nullIf(status, 1)           ¦ type-mismatch        ¦ nullIf      ¦ `nullIf` does not take `string` and `int`.           ¦ compare numbers with numbers; a text in quotes is no number.
        note.startsWith("x")        ¦ null-not-handled     ¦ note        ¦ `note` may be null here.                             ¦ write `has(note) && …`, or `orElse(note, …)`.
        maybe + 1 > 2               ¦ null-not-handled     ¦ maybe       ¦ `maybe` may be null here.                            ¦ write `has(maybe) && …`, or `orElse(maybe, …)`.
        customer.tier.size() > 2    ¦ null-not-handled     ¦ customer.tier ¦ `customer.tier` may be null here.                  ¦ write `has(customer.tier) && …`, or `orElse(customer.tier, …)`.
        has(note) || note.size() > 2 ¦ null-not-handled    ¦ note        ¦ `note` may be null here.                             ¦ write `has(note) && …`, or `orElse(note, …)`.
        customer.visits > 2         ¦ null-not-handled     ¦ customer.visits ¦ `customer.visits` may be null here.              ¦ write `has(customer.visits) && …`, or `orElse(customer.visits, …)`.
        failure.map(f, f.agent)     ¦ null-not-handled     ¦ f.agent     ¦ `f.agent` may be null here.                          ¦ write `has(f.agent) && …`, or `orElse(f.agent, …)`.
        flag && paid                ¦ null-not-handled     ¦ flag        ¦ `flag` may be null here.                             ¦ write `has(flag) && …`, or `orElse(flag, …)`.
        []                          ¦ bad-literal          ¦ []          ¦ The type of what this empty list or map holds is not known. ¦ give it an item, or leave it out.
        """)
    void isToldWithItsPlace(String text, String code, String marked, String message, String hint) {
        ExpressionProblem problem = problem(text);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(text.substring(problem.start(), problem.end())).isEqualTo(marked == null ? "" : marked);
        assertThat(problem.hint()).isEqualTo(hint);
    }

    @Test
    void severalProblemsAreToldAtOnce() {
        assertThat(check("statuz == \"A\" && custmer.tier == \"x\" && n > \"a\"")
                        .problems())
                .extracting(ExpressionProblem::code)
                .containsExactly("unknown-field", "unknown-field", "type-mismatch");
        assertThat(check("note.size() + maybe > 1").problems())
                .extracting(ExpressionProblem::start)
                .containsExactly(0, 14);
    }

    @Test
    void placesCountLinesToo() {
        String text = "status == \"A\" &&\n  statuz == \"B\"";
        assertThat(problem(text).start()).isEqualTo(text.indexOf("statuz"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '~',
            textBlock =
                    """
        has(note) && note.size() > 2
        !has(note) || note.size() > 2
        has(note) ? note.size() > 2 : paid
        !has(note) ? paid : note.size() > 2
        !(!has(note) || paid) && note.size() > 2
        has(customer.tier) && customer.tier.size() > 2 && customer.visits > 1
        has(customer) && customer.visits > 1
        note == "x" && note.size() > 2
        note != "x" || note.size() > 2
        note in ["x"] && note.size() > 2
        (has(note) && paid || has(note) && n > 2) && note.size() > 1
        failure.all(f, !has(f.agent) || f.agent.size() > 1)
        failure.map(f, has(f.agent), f.agent).exists(a, a.size() > 1)
        has(callback[0].agent) && callback[0].agent.size() > 1
        note == customerId
        orElse(note, customerId) == "x"
        """)
    void whatIsGuardedIsNotNull(String text) {
        assertThat(check(text).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
        note                        ¦ true
        customer.visits             ¦ true
        orElse(note, customerId)    ¦ true
        orElse(note, status)        ¦ false
        paid ? note : status        ¦ true
        has(note) ? note : status   ¦ false
        customer.tier               ¦ true
        callback[0].channel         ¦ false
        callback[0].agent           ¦ true
        size(failure)               ¦ false
        """)
    void aNullableValueMayBePassedOn(String text, boolean nullable) {
        assertThat(check(text).get().nullable()).isEqualTo(nullable);
    }

    @Test
    void aConditionIsBooleanAndNeverNull() {
        ExpressionChecker checker = new ExpressionChecker(Map.of());
        assertThat(checker.checkCondition("paid", Checking.SCOPE).ok()).isTrue();
        assertThat(checker.checkCondition(" n", Checking.SCOPE).problems())
                .containsExactly(new ExpressionProblem(
                        "not-a-condition",
                        "A condition is wanted here; this is of type `int`.",
                        "compare it with a value, by `==`, `!=`, `<` or `>`.",
                        1,
                        2));
        assertThat(checker.checkCondition("flag", Checking.SCOPE).problems())
                .extracting(ExpressionProblem::code)
                .containsExactly("null-not-handled");
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefused() {
        assertThat(problem("1" + " + 1".repeat(3000)).code()).isEqualTo("expression-too-long");
        assertThat(problem("1" + "+1".repeat(4000)).code()).isEqualTo("expression-too-deep");
        assertThat(problem("1" + "+1".repeat(300)).code()).isEqualTo("expression-too-deep");
        assertThat(problem("(".repeat(2000) + "1" + ")".repeat(2000)).code()).isEqualTo("expression-too-deep");
        assertThat(check("n in [1" + ", 1".repeat(3000) + "]").ok()).isTrue();
        assertThat(check("paid" + " && paid".repeat(500)).ok()).isTrue();
    }

    @Test
    void noMessageShowsTheParsersOwnWords() {
        String[] texts = {
            "a.b.c()",
            "[",
            "{",
            "{1: 2}",
            "\"\\q\"",
            "n n",
            "tags[\"a\"]",
            "labels[1]",
            "size(n)",
            "size(1, 2)",
            "n..x",
            "has()",
            "has(a, b)",
            "tags.map(1, 2)",
            "tags.map(x)",
            "Event{a: 1}",
            "status.size(1)",
            "orElse(n)",
            "`x`",
            "@",
            "#",
            "n ++ 1",
            "1.e",
            "0x",
            "b\"",
            "\"\u0000",
            "vars",
            "vars.x.y",
            "dyn(n)",
            "type(n)",
            "?",
            "n ? 1",
            "null",
            "orElse(status, 1)",
            "1 in n",
            "-status",
            "status % 2",
            "exists(n)",
            "n.exists(x, x)",
            "tags.exists(x, 1)",
            "tags.filter(x, x)",
            "duration(1)",
            "timestamp(true)",
            "a{}",
            "x.all(1, 2)",
            "\"abc",
            "'''",
            "''' '",
            "r'\\"
        };
        for (String text : texts) {
            assertThat(check(text).problems()).as(text).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.message() + problem.hint())
                        .doesNotContain("candidates", "overload", "undeclared", "mismatched", "extraneous", "token")
                        .doesNotContain("google", "dev.cel", "java.", "_[", "_&", "_?", "#1", "%A", "%B");
                assertThat(problem.start()).isBetween(0, problem.end());
                assertThat(problem.end()).isBetween(problem.start(), text.length());
            });
        }
    }

    @Test
    void fieldsMayBeNamedAsTypesAndFunctions() {
        RecordType type = RecordType.of(
                "T", Field.of("type", Scalar.STRING), Field.of("int", Scalar.INT), Field.of("size", Scalar.LONG));
        ExpressionChecker checker = new ExpressionChecker(Map.of());
        assertThat(checker.check("type == \"a\" && int > size", Scope.of(type)).problems())
                .isEmpty();
    }

    @Test
    void whatIsReadIsNoted() {
        var read = check("has(address.city) && customer.tier == status && failure.exists(f, f.cost > callback[0].cost)"
                        + " && size(callback) > n && callback.map(c, c.channel) == tags")
                .get();
        assertThat(read.fieldsRead()).containsExactly("address", "n", "status", "tags");
        assertThat(read.variableFieldsRead())
                .isEqualTo(Map.of(
                        "customer", java.util.Set.of("tier"),
                        "failure", java.util.Set.of("cost"),
                        "callback", java.util.Set.of("cost", "channel")));
        assertThat(check("size(failure)").get().variableFieldsRead()).isEqualTo(Map.of("failure", java.util.Set.of()));
        assertThat(check("failure").get().variableFieldsRead())
                .isEqualTo(Map.of("failure", java.util.Set.of("agent", "channel", "cost", "tries")));
    }
}
