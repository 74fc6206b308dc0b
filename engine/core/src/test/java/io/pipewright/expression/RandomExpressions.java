package io.pipewright.expression;

import java.util.List;
import java.util.Random;

/**
 * Writes well-typed expressions of standard CEL over the variables of {@link ExpressionOracleTest}, from a seed.
 *
 * <p>It keeps away from where dev.cel 0.14.0 departs from the specification: negative fractions of a second in sums of
 * durations, {@code indexOf} in an empty text, {@code split} with a negative limit or an empty separator with one, an
 * integer ordered against NaN or against 2^63, NaN compared with the very same object, {@code trunc} and
 * {@code round} of numbers beyond 2^63, and the text of a duration with a fraction.
 */
final class RandomExpressions {

    private final Random random;
    private int names;

    RandomExpressions(long seed) {
        this.random = new Random(seed);
    }

    String any() {
        int depth = 1 + random.nextInt(4);
        return switch (random.nextInt(9)) {
            case 0 -> integer(depth);
            case 1 -> floating(depth);
            case 2 -> text(depth);
            case 3 -> integers(depth);
            case 4 -> texts(depth);
            case 5 -> random.nextBoolean() ? moment(depth) : duration(depth);
            default -> condition(depth);
        };
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String either(int depth, String leaf, List<java.util.function.IntFunction<String>> choices) {
        return depth <= 0 ? leaf : choices.get(random.nextInt(choices.size())).apply(depth - 1);
    }

    String condition(int depth) {
        String leaf = one("true", "false", "b1", "b2");
        return either(
                depth,
                leaf,
                List.of(
                        d -> "(" + condition(d) + " && " + condition(d) + ")",
                        d -> "(" + condition(d) + " || " + condition(d) + ")",
                        d -> "(" + condition(d) + " && " + condition(d) + " && " + condition(d) + ")",
                        d -> "!" + condition(d),
                        d -> "(" + condition(d) + " ? " + condition(d) + " : " + condition(d) + ")",
                        d -> "(" + integer(d) + order() + one("1.5", "-2.25", "1e300", "double(i2)") + ")",
                        d -> "(" + integer(d) + order() + integer(d) + ")",
                        d -> "(" + integer(d) + one(" == ", " != ") + integer(d) + ")",
                        d -> "(" + floating(d) + one(" == ", " != ") + "(" + floating(d) + " + 0.0))",
                        d -> "(" + text(d) + one(" == ", " != ", " < ", " >= ") + text(d) + ")",
                        d -> "(" + text(d) + " == " + literalText() + ")",
                        d -> "(" + moment(d) + order() + moment(d) + ")",
                        d -> "(" + duration(d) + one(" == ", " < ", " >= ") + duration(d) + ")",
                        d -> "(" + integers(d) + " == " + integers(d) + ")",
                        d -> "(" + integer(d) + " in " + integers(d) + ")",
                        d -> "(" + text(d) + " in " + one("m", texts(d)) + ")",
                        d -> text(d) + "." + one("contains", "startsWith", "endsWith") + "(" + text(d) + ")",
                        d -> text(d) + ".matches(" + one("\"^a\"", "\"b+$\"", "\"[x-z]é?\"", "\"\"") + ")",
                        d -> loop(integers(d), one("all", "exists", "exists_one"), d, "int"),
                        d -> loop(texts(d), one("all", "exists", "exists_one"), d, "text"),
                        d -> "has(m.k" + random.nextInt(3) + ")",
                        d -> "bool(" + one("\"true\"", "\"x\"", "\"false\"", "string(b1)") + ")"));
    }

    private String loop(String range, String macro, int depth, String kind) {
        String name = "v" + names++;
        String body = kind.equals("int")
                ? one(name + " > " + integer(depth), name + " / " + integer(0) + " == 1", name + " != i1", condition(0))
                : one(name + ".size() > " + integer(0), name + " == " + text(depth), name + " in m", condition(0));
        return range + "." + macro + "(" + name + ", " + body + ")";
    }

    private String order() {
        return one(" < ", " <= ", " > ", " >= ");
    }

    String integer(int depth) {
        String leaf =
                one("i1", "i2", "0", "1", "-1", "2", "7", "100", "9223372036854775807", "(-9223372036854775807 - 1)");
        return either(
                depth,
                leaf,
                List.of(
                        d -> "(" + integer(d) + one(" + ", " - ", " * ", " / ", " % ") + integer(d) + ")",
                        d -> "(" + integer(d) + one(" + ", " - ", " * ", " / ", " % ") + integer(d) + ")",
                        d -> "-(" + integer(d) + ")",
                        d -> "math." + one("abs", "sign") + "(" + integer(d) + ")",
                        d -> "math." + one("greatest", "least") + "(" + integer(d) + ", " + integer(d) + one("", ", 7")
                                + ")",
                        d -> "(" + condition(d) + " ? " + integer(d) + " : " + integer(d) + ")",
                        d -> "size(" + text(d) + ")",
                        d -> integers(d) + ".size()",
                        d -> integers(d) + "[" + one("0", "1", integer(d)) + "]",
                        d -> "m[" + one("\"k1\"", "\"k2\"", text(d)) + "]",
                        d -> "m.k" + random.nextInt(3),
                        d -> "int(" + floating(d) + ")",
                        d -> "int(" + one("\"12\"", "\"x\"", "\"-7\"", "string(" + integer(d) + ")") + ")",
                        d -> "(\"x\" + " + text(d) + ").indexOf(" + text(d) + ")",
                        d -> "(\"x\" + " + text(d) + ").lastIndexOf(" + text(d) + ")",
                        d -> moment(d) + "." + accessor() + "(" + one("", "", "\"Europe/Berlin\"", "\"-05:30\"") + ")",
                        d -> duration(d) + "." + one("getHours", "getMinutes", "getSeconds") + "()",
                        d -> "int(" + moment(d) + ")"));
    }

    private String accessor() {
        return one(
                "getFullYear",
                "getMonth",
                "getDayOfYear",
                "getDayOfMonth",
                "getDate",
                "getDayOfWeek",
                "getHours",
                "getMinutes",
                "getSeconds",
                "getMilliseconds");
    }

    String floating(int depth) {
        String leaf = one("d1", "d2", "0.0", "1.5", "-2.25", "1e10", "0.1");
        return either(
                depth,
                leaf,
                List.of(
                        d -> "(" + floating(d) + one(" + ", " - ", " * ", " / ") + floating(d) + ")",
                        d -> "-(" + floating(d) + ")",
                        d -> "double(" + integer(d) + ")",
                        d -> "math." + one("abs", "ceil", "floor", "sign") + "(" + floating(d) + ")",
                        d -> "math." + one("trunc", "round") + "(" + one("d1", "d2")
                                + one(" < 1e15 ? 2.5 : 0.1", " > 1.0 ? -2.5 : 1.49999", " == 0.0 ? -0.5 : 0.5") + ")",
                        d -> "math." + one("greatest", "least") + "(" + floating(d) + ", " + floating(d) + ")",
                        d -> "double(" + one("\"1.5\"", "\"x\"", "\"-1e3\"", "\"\"") + ")",
                        d -> "(" + condition(d) + " ? " + floating(d) + " : " + floating(d) + ")"));
    }

    private String literalText() {
        return one("\"\"", "\"a\"", "\"ab\"", "\"é😀x\"", "\"Ünï\"", "\"a,b,,c\"", "\" x \"");
    }

    String text(int depth) {
        String leaf = one("s1", "s2", literalText());
        return either(
                depth,
                leaf,
                List.of(
                        d -> "(" + text(d) + " + " + text(d) + ")",
                        d -> "string(" + one(integer(d), condition(d), text(d), moment(d)) + ")",
                        d -> "(" + condition(d) + " ? " + text(d) + " : " + text(d) + ")",
                        d -> text(d) + "." + one("lowerAscii()", "upperAscii()", "trim()"),
                        d -> text(d) + ".charAt(" + one("0", "1", integer(d)) + ")",
                        d -> text(d) + ".substring(" + one("0", "1", integer(d)) + ")",
                        d -> text(d) + ".substring(" + one("0", "1") + ", " + one("1", "2", integer(d)) + ")",
                        d -> text(d) + ".replace(" + text(0) + ", " + text(0) + ")",
                        d -> text(d) + ".replace(" + text(0) + ", " + text(0) + ", " + one("0", "1", "2", "-1") + ")",
                        d -> "regex.replace(" + text(d) + ", " + one("\"[a-k]\"", "\"(a)(b)?\"", "\"é|Ü\"") + ", "
                                + one("\"\"", "\"-\"", "r\"<\\0>\"", "r\"\\1\"", "r\"\\\\\"") + ")",
                        d -> texts(d) + "[" + one("0", "1") + "]",
                        d -> texts(d) + ".join(" + one("", "\"-\"") + ")"));
    }

    String integers(int depth) {
        String leaf = one("li", "[1, 2, 3]", "[i1]");
        return either(
                depth,
                leaf,
                List.of(
                        d -> "[" + integer(d) + ", " + integer(d) + "]",
                        d -> "(" + integers(d) + " + " + integers(d) + ")",
                        d -> mapped(integers(d), "map", d),
                        d -> mapped(integers(d), "filter", d),
                        d -> "(" + condition(d) + " ? " + integers(d) + " : " + integers(d) + ")"));
    }

    private String mapped(String range, String macro, int depth) {
        String name = "v" + names++;
        if (macro.equals("filter")) {
            return range + ".filter(" + name + ", " + name + order() + integer(depth) + ")";
        }
        String value = one(name + " + 1", name + " * " + integer(depth), integer(depth));
        return random.nextBoolean()
                ? range + ".map(" + name + ", " + value + ")"
                : range + ".map(" + name + ", " + name + " > 0, " + value + ")";
    }

    String texts(int depth) {
        String leaf = one("ls", "[\"a\", \"b\"]", "[s1]");
        return either(
                depth,
                leaf,
                List.of(
                        d -> "[" + text(d) + ", " + text(d) + "]",
                        d -> "(" + texts(d) + " + " + texts(d) + ")",
                        d -> text(d) + ".split(" + one("\",\"", "\"\"", "\"a\"") + ")",
                        d -> "regex.extractAll(" + text(d) + ", " + one("\"[a-k]\"", "\"a(b)?\"", "\"(?:a|é)(.)\"")
                                + ")",
                        d -> text(d) + ".split(\",\", " + one("0", "1", "2", "3") + ")",
                        d -> "m.map(k, k + " + text(0) + ").filter(k, k == \"k1\")"));
    }

    String moment(int depth) {
        String leaf = one("t1", "timestamp(\"2026-03-01T23:59:59Z\")", "timestamp(\"1969-12-31T00:00:00+02:00\")");
        return either(
                depth,
                leaf,
                List.of(
                        d -> "(" + moment(d) + one(" + ", " - ") + duration(d) + ")",
                        d -> "timestamp(" + one("0", "1700000000", "i2") + ")",
                        d -> "(" + condition(d) + " ? " + moment(d) + " : " + moment(d) + ")"));
    }

    String duration(int depth) {
        String leaf = one("u1", "duration(\"90s\")", "duration(\"-1h30m\")", "duration(\"36h\")");
        return either(
                depth,
                leaf,
                List.of(
                        d -> "(" + duration(d) + one(" + ", " - ") + duration(d) + ")",
                        d -> "(" + moment(d) + " - " + moment(d) + ")",
                        d -> "duration(" + one("\"1h\"", "\"-5s\"", "\"x\"") + ")"));
    }
}
