package io.pipewright.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All functions that an expression may call: what they mean, with examples that tests evaluate. The table of
 * {@code docs/expressions.md} and the names that are suggested for misspelt ones are made of it.
 *
 * <p>It is long because it is one table, an entry for each function.
 */
final class FunctionReference {

    /**
     * Functions of one kind.
     *
     * @param title the heading above them
     */
    record Group(String title, List<Function> functions) {
        Group {
            functions = List.copyOf(functions);
        }
    }

    /**
     * A function.
     *
     * @param name what is called, {@code math.} included
     * @param calls how it is called
     */
    record Function(String name, List<String> calls, String means, List<Example> examples) {
        Function {
            calls = List.copyOf(calls);
            examples = List.copyOf(examples);
        }
    }

    /**
     * A call and its value.
     *
     * @param value an expression that is equal to it, {@code null}, or {@code no value} with the code of the failure
     */
    record Example(String expression, String value) {}

    static final String NULL = "null";
    static final String NO_VALUE = "no value: ";

    private FunctionReference() {}

    /**
     * @param calls parted by commas
     * @param examples each expression with its value behind it
     */
    private static Function function(String name, String calls, String means, String... examples) {
        List<Example> all = new ArrayList<>();
        for (int i = 0; i < examples.length; i += 2) {
            all.add(new Example(examples[i], examples[i + 1]));
        }
        return new Function(name, List.of(calls.split(", (?=[A-Za-z.0-9]+\\()")), means, all);
    }

    /** The names of all functions. */
    static List<String> names() {
        return groups().stream()
                .flatMap(group -> group.functions().stream())
                .map(Function::name)
                .distinct()
                .toList();
    }

    /**
     * How a function is called that cannot be called as it was; empty if it can.
     *
     * @param onValue whether it was called on a value, as in {@code text.trim()}
     */
    static Optional<String> onlyAs(String name, boolean onValue) {
        List<String> calls = name.contains(".")
                ? List.of()
                : groups().stream()
                        .flatMap(group -> group.functions().stream())
                        .filter(function -> function.name().equals(name))
                        .flatMap(function -> function.calls().stream())
                        .toList();
        boolean possible = calls.stream().anyMatch(call -> call.startsWith(name + "(") != onValue);
        return possible ? Optional.empty() : calls.stream().findFirst();
    }

    static List<Group> groups() {
        return List.of(nulls(), texts(), patterns(), numbers(), conversions(), times(), calendar(), lists());
    }

    private static Group nulls() {
        return new Group(
                "Null",
                List.of(
                        function("has", "has(field)", "Whether the field is there and not null."),
                        function(
                                "orElse",
                                "orElse(x, y)",
                                "The first, or the second where the first is null. Null only where both are.",
                                "orElse(nullIf(\"-\", \"-\"), \"none\")",
                                "\"none\""),
                        function(
                                "nullIf",
                                "nullIf(x, y)",
                                "Null where both are equal, else the first, which may be null.",
                                "nullIf(\"-\", \"-\")",
                                NULL,
                                "nullIf(3, 0)",
                                "3")));
    }

    private static Group texts() {
        return new Group(
                "Texts",
                List.of(
                        function(
                                "size",
                                "size(text), text.size()",
                                "How many characters it has; of bytes, how many they are.",
                                "size(\"añ\")",
                                "2"),
                        function(
                                "contains",
                                "text.contains(part)",
                                "Whether the part is in it.",
                                "\"order\".contains(\"rde\")",
                                "true"),
                        function(
                                "startsWith",
                                "text.startsWith(part)",
                                "Whether it begins with the part.",
                                "\"order\".startsWith(\"or\")",
                                "true"),
                        function(
                                "endsWith",
                                "text.endsWith(part)",
                                "Whether it ends with the part.",
                                "\"order\".endsWith(\"or\")",
                                "false"),
                        function(
                                "indexOf",
                                "text.indexOf(part), text.indexOf(part, from)",
                                "Where the part is first, -1 if nowhere. Positions count characters from 0.",
                                "\"order\".indexOf(\"r\")",
                                "1",
                                "\"order\".indexOf(\"r\", 2)",
                                "4"),
                        function(
                                "lastIndexOf",
                                "text.lastIndexOf(part), text.lastIndexOf(part, from)",
                                "Where the part is last, -1 if nowhere.",
                                "\"order\".lastIndexOf(\"r\")",
                                "4"),
                        function(
                                "charAt",
                                "text.charAt(position)",
                                "The character there, an empty text at the end.",
                                "\"order\".charAt(1)",
                                "\"r\"",
                                "\"order\".charAt(9)",
                                NO_VALUE + "index-out-of-range"),
                        function(
                                "substring",
                                "text.substring(from), text.substring(from, to)",
                                "The part from a position to the end, or up to another position.",
                                "\"order\".substring(1, 3)",
                                "\"rd\"",
                                "\"order\".substring(1, 9)",
                                NO_VALUE + "index-out-of-range"),
                        function(
                                "split",
                                "text.split(separator), text.split(separator, limit)",
                                "The list of the parts between separators, at most so many.",
                                "\"a,b,c\".split(\",\")",
                                "[\"a\", \"b\", \"c\"]",
                                "\"a,b,c\".split(\",\", 2)",
                                "[\"a\", \"b,c\"]",
                                "\"/a/b\".split(\"/\")[2]",
                                "\"b\""),
                        function(
                                "join",
                                "list.join(), list.join(separator)",
                                "The texts of a list behind each other.",
                                "[\"a\", \"b\"].join(\"-\")",
                                "\"a-b\""),
                        function(
                                "replace",
                                "text.replace(part, other), text.replace(part, other, limit)",
                                "With the other text in place of all occurrences of the part, or of the first ones.",
                                "\"a-b-c\".replace(\"-\", \"\")",
                                "\"abc\"",
                                "\"a-b-c\".replace(\"-\", \"\", 1)",
                                "\"ab-c\""),
                        function(
                                "trim",
                                "text.trim()",
                                "Without white space at either end.",
                                "\"  a b \".trim()",
                                "\"a b\""),
                        function(
                                "reverse",
                                "text.reverse()",
                                "Its characters backwards.",
                                "\"abc\".reverse()",
                                "\"cba\""),
                        function(
                                "lower",
                                "text.lower()",
                                "In small letters, those of all scripts.",
                                "\"GRÖSSE\".lower()",
                                "\"grösse\""),
                        function("upper", "text.upper()", "In capitals.", "\"größe\".upper()", "\"GRÖSSE\""),
                        function(
                                "lowerAscii",
                                "text.lowerAscii()",
                                "With `A` to `Z` in small letters, all else as it is.",
                                "\"GRÖSSE\".lowerAscii()",
                                "\"grÖsse\""),
                        function(
                                "upperAscii",
                                "text.upperAscii()",
                                "With `a` to `z` in capitals, all else as it is.",
                                "\"größe\".upperAscii()",
                                "\"GRößE\""),
                        function(
                                "sha256",
                                "sha256(text), sha256(bytes)",
                                "The SHA-256 of the bytes, or of the text in UTF-8, in hexadecimal. Who can guess the text can"
                                        + " find it by its hash: where few are possible, put a secret of your own before it.",
                                "sha256(\"abc\")",
                                "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")));
    }

    private static Group patterns() {
        return new Group(
                "Regular expressions, in the syntax of RE2",
                List.of(
                        function(
                                "matches",
                                "text.matches(regex)",
                                "Whether some part of the text matches; `^…$` wants all of it.",
                                "\"order 17\".matches(\"[0-9]+\")",
                                "true",
                                "\"order 17\".matches(\"^[0-9]+$\")",
                                "false"),
                        function(
                                "regex.extract",
                                "regex.extract(text, regex)",
                                "What the group in brackets holds in the first match, or the whole match if there is no group."
                                        + " **Null** if nothing matches. One group at most; others are `(?:…)`.",
                                "regex.extract(\"/v2/orders/17\", \"orders/([0-9]+)\")",
                                "\"17\"",
                                "regex.extract(\"/v2/users\", \"orders/([0-9]+)\")",
                                NULL),
                        function(
                                "regex.extractAll",
                                "regex.extractAll(text, regex)",
                                "The same of all matches, as a list.",
                                "regex.extractAll(\"a=1, b=2\", \"[a-z]=([0-9])\")",
                                "[\"1\", \"2\"]"),
                        function(
                                "regex.replace",
                                "regex.replace(text, regex, other)",
                                "With the other text in place of every match; `\\1` in it is the first group, `\\0` the match.",
                                "regex.replace(\"ann@example.com\", \"^[^@]+\", \"***\")",
                                "\"***@example.com\"",
                                "regex.replace(\"2026-01-31\", r\"(\\d+)-(\\d+)-(\\d+)\", r\"\\3.\\2.\\1\")",
                                "\"31.01.2026\"")));
    }

    private static Group numbers() {
        return new Group(
                "Numbers",
                List.of(
                        function(
                                "math.abs",
                                "math.abs(x)",
                                "The number, or the duration, without its sign.",
                                "math.abs(-7)",
                                "7",
                                "math.abs(duration(\"-5s\"))",
                                "duration(\"5s\")"),
                        function(
                                "math.sign", "math.sign(x)", "-1, 0 or 1, of its own type.", "math.sign(-2.5)", "-1.0"),
                        function(
                                "math.ceil",
                                "math.ceil(x)",
                                "The least whole number that is not below a double or decimal, of its type.",
                                "math.ceil(2.1)",
                                "3.0"),
                        function(
                                "math.floor",
                                "math.floor(x)",
                                "The greatest whole number that is not above it.",
                                "math.floor(-2.1)",
                                "-3.0",
                                "math.floor(decimal(\"2.9\"))",
                                "decimal(2)"),
                        function(
                                "math.trunc",
                                "math.trunc(x)",
                                "Without what is behind its point.",
                                "math.trunc(-2.9)",
                                "-2.0"),
                        function(
                                "math.round",
                                "math.round(x), math.round(x, digits)",
                                "The nearest whole number, or number of so many digits behind the point; halves go away from"
                                        + " zero. A double is rounded by the digits that it is written with.",
                                "math.round(-2.5)",
                                "-3.0",
                                "math.round(decimal(\"19.905\"), 2)",
                                "decimal(\"19.91\")"),
                        function(
                                "math.greatest",
                                "math.greatest(x, y, …), math.greatest(list)",
                                "The greatest of values that have an order: numbers, texts, moments, durations, dates.",
                                "math.greatest(3, 7, 5)",
                                "7",
                                "math.greatest(3, 7.5)",
                                "7.5"),
                        function(
                                "math.least",
                                "math.least(x, y, …), math.least(list)",
                                "The least of them.",
                                "math.least([3, 7, 5])",
                                "3"),
                        function("math.sqrt", "math.sqrt(x)", "The square root, a double.", "math.sqrt(9)", "3.0"),
                        function(
                                "math.isNaN",
                                "math.isNaN(x)",
                                "Whether a double is not a number.",
                                "math.isNaN(0.0 / 0.0)",
                                "true"),
                        function(
                                "math.isInf",
                                "math.isInf(x)",
                                "Whether a double is infinite.",
                                "math.isInf(1.0 / 0.0)",
                                "true"),
                        function(
                                "math.isFinite",
                                "math.isFinite(x)",
                                "Whether a double is neither.",
                                "math.isFinite(2.5)",
                                "true")));
    }

    private static Group conversions() {
        return new Group(
                "Conversions",
                List.of(
                        function(
                                "int",
                                "int(x)",
                                "An integer of a text, a double or a decimal, whose fraction is cut off; of a moment, the"
                                        + " seconds since 1970.",
                                "int(\"12\")",
                                "12",
                                "int(\"twelve\")",
                                NO_VALUE + "bad-value"),
                        function("toInt", "toInt(x)", "The same, but not of a moment.", "toInt(2.9)", "2"),
                        function("double", "double(x)", "A double of a number or a text.", "double(\"1.5\")", "1.5"),
                        function(
                                "decimal",
                                "decimal(x)",
                                "A decimal of a number or a text.",
                                "decimal(\"19.90\") * 2",
                                "decimal(\"39.8\")"),
                        function(
                                "string",
                                "string(x)",
                                "The text of a number, a boolean, a moment, a duration, a date, or of bytes of UTF-8.",
                                "string(12)",
                                "\"12\"",
                                "string(timestamp(\"2026-01-31T13:00:00+01:00\"))",
                                "\"2026-01-31T12:00:00Z\""),
                        function("bytes", "bytes(text)", "The bytes of a text in UTF-8.", "size(bytes(\"añ\"))", "3"),
                        function("bool", "bool(text)", "`true` or `false`.", "bool(\"true\")", "true")));
    }

    private static Group times() {
        return new Group(
                "Moments, durations and dates",
                List.of(
                        function(
                                "timestamp",
                                "timestamp(text), timestamp(text, pattern), timestamp(text, pattern, zone)",
                                "A moment of ISO-8601 text, or of text written as the pattern says, in UTC or the zone if it"
                                        + " names no offset. Of an integer, the seconds since 1970.",
                                "timestamp(\"31/Jan/2026:13:00:00 +0100\", \"dd/MMM/yyyy:HH:mm:ss Z\")",
                                "timestamp(\"2026-01-31T12:00:00Z\")",
                                "timestamp(\"31.02.2026\", \"dd.MM.yyyy\", \"Europe/Berlin\")",
                                NO_VALUE + "bad-value"),
                        function(
                                "duration",
                                "duration(text)",
                                "A duration: `500ms`, `10s`, `1h30m`, `7d`.",
                                "duration(\"1h30m\")",
                                "duration(\"90m\")"),
                        function(
                                "date",
                                "date(text), date(moment), date(moment, zone)",
                                "A date of `yyyy-MM-dd`; or the day of a moment, in UTC or the zone.",
                                "date(timestamp(\"2026-01-31T23:30:00Z\"), \"Europe/Berlin\")",
                                "date(\"2026-02-01\")"),
                        function(
                                "fromMillis",
                                "fromMillis(n)",
                                "The moment so many milliseconds after 1970 began.",
                                "fromMillis(1769860800000)",
                                "timestamp(\"2026-01-31T12:00:00Z\")"),
                        function(
                                "toMillis",
                                "toMillis(moment), toMillis(duration)",
                                "The milliseconds since 1970, or of a duration.",
                                "toMillis(duration(\"1m30s\"))",
                                "90000"),
                        function(
                                "format",
                                "moment.format(pattern), moment.format(pattern, zone), date.format(pattern)",
                                "The text that the pattern makes, in UTC or the zone.",
                                "timestamp(\"2026-01-31T23:30:00Z\").format(\"yyyy-MM-dd HH:mm\", \"Europe/Berlin\")",
                                "\"2026-02-01 00:30\""),
                        function(
                                "truncate",
                                "moment.truncate(unit), moment.truncate(unit, zone)",
                                "The beginning of its `second`, `minute`, `hour`, `day`, `week` (Monday), `month`, `quarter` or"
                                        + " `year`, in UTC or by the clocks of the zone.",
                                "timestamp(\"2026-01-31T23:30:00Z\").truncate(\"day\", \"Europe/Berlin\")",
                                "timestamp(\"2026-01-31T23:00:00Z\")")));
    }

    private static Group calendar() {
        return new Group(
                "Parts of moments, in UTC or in a zone",
                List.of(
                        getter("getHours", "The hour, 0 to 23; all hours of a duration.", "(\"Europe/Berlin\")", "0"),
                        getter("getMinutes", "The minute, 0 to 59; all minutes of a duration.", "()", "30"),
                        getter("getSeconds", "The second, 0 to 59; all seconds of a duration.", "()", "15"),
                        getter("getMilliseconds", "The millisecond, 0 to 999.", "()", "250"),
                        getter("getDate", "The day of the month from 1 on.", "()", "31"),
                        getter("getDayOfMonth", "The day of the month from 0 on.", "()", "30"),
                        getter("getDayOfWeek", "The day of the week, 0 for Sunday.", "()", "6"),
                        getter("getDayOfYear", "The day of the year from 0 on.", "()", "30"),
                        getter("getMonth", "The month, 0 for January.", "()", "0"),
                        getter("getFullYear", "The year.", "()", "2026")));
    }

    private static Function getter(String name, String means, String arguments, String value) {
        return function(
                name,
                "moment." + name + "(), moment." + name + "(zone)",
                means,
                "timestamp(\"2026-01-31T23:30:15.250Z\")." + name + arguments,
                value);
    }

    private static Group lists() {
        return new Group(
                "Lists and maps",
                List.of(
                        function(
                                "size",
                                "size(list), list.size()",
                                "How many items it has; of a map, how many entries.",
                                "size([3, 5])",
                                "2"),
                        function(
                                "all",
                                "list.all(x, condition)",
                                "Whether all items meet the condition.",
                                "[3, 5].all(x, x > 2)",
                                "true"),
                        function(
                                "exists",
                                "list.exists(x, condition)",
                                "Whether some item meets it.",
                                "[3, 5].exists(x, x > 4)",
                                "true"),
                        function(
                                "exists_one",
                                "list.exists_one(x, condition)",
                                "Whether just one item meets it.",
                                "[3, 5].exists_one(x, x > 2)",
                                "false"),
                        function(
                                "filter",
                                "list.filter(x, condition)",
                                "The items that meet it.",
                                "[3, 5].filter(x, x > 4)",
                                "[5]"),
                        function(
                                "map",
                                "list.map(x, value), list.map(x, condition, value)",
                                "A value for each item, or for each that meets the condition.",
                                "[3, 5].map(x, x * 2)",
                                "[6, 10]"),
                        function(
                                "sum",
                                "list.sum()",
                                "The sum of integers, doubles, decimals or durations; 0 of none.",
                                "[3, 5].map(x, x * 2).sum()",
                                "16")));
    }
}
