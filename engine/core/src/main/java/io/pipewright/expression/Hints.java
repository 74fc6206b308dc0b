package io.pipewright.expression;

import io.pipewright.expression.Spans.Span;
import io.pipewright.spi.expression.CheckedAggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people bring along from SQL and other languages, and how it is written here. */
final class Hints {

    static final String NULL = "whether a field is there is `has(field)`; that it is not, `!has(field)`.";

    static final String UNSIGNED = "There are no unsigned numbers.";

    static final String TOO_LARGE = "share the work between two stages, one after the other.";

    static final String WITHOUT_U = "write it without `u`.";

    static final String FIELDS = "name its fields one by one where they are needed.";

    private static final String NO_FUNCTION = "use fields, operators and the functions that `docs/expressions.md` has.";

    static final String RECORD = "Records cannot be written in an expression.";

    /** What is no function but a form of its own. */
    static final Map<String, String> LOOPS = Map.of(
            "has", "has(field)",
            "all", "list.all(x, condition)",
            "exists", "list.exists(x, condition)",
            "exists_one", "list.exists_one(x, condition)",
            "filter", "list.filter(x, condition)",
            "map", "list.map(x, value)");

    private static final Map<String, String> WORDS = Map.of(
            "and", "write `&&`.",
            "or", "write `||`.",
            "not", "write `!`.",
            "like", "write `field.contains(\"…\")`, `field.startsWith(\"…\")` or `field.matches(\"…\")`.",
            "is", NULL,
            "distinct", "write `countDistinct(field)`.",
            "between", "write `field >= low && field <= high`.",
            "case", "write `condition ? value : other`.",
            "if", "write `condition ? value : other`.");

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("len", "size"),
            Map.entry("length", "size"),
            Map.entry("coalesce", "orElse"),
            Map.entry("ifnull", "orElse"),
            Map.entry("nvl", "orElse"),
            Map.entry("default", "orElse"),
            Map.entry("tolowercase", "lower"),
            Map.entry("lcase", "lower"),
            Map.entry("touppercase", "upper"),
            Map.entry("ucase", "upper"),
            Map.entry("abs", "math.abs"),
            Map.entry("ceil", "math.ceil"),
            Map.entry("ceiling", "math.ceil"),
            Map.entry("floor", "math.floor"),
            Map.entry("round", "math.round"),
            Map.entry("trunc", "math.trunc"),
            Map.entry("sqrt", "math.sqrt"),
            Map.entry("sign", "math.sign"),
            Map.entry("greatest", "math.greatest"),
            Map.entry("least", "math.least"),
            Map.entry("extract", "regex.extract"),
            Map.entry("regexp_extract", "regex.extract"),
            Map.entry("regexextract", "regex.extract"),
            Map.entry("regexp_replace", "regex.replace"),
            Map.entry("regexreplace", "regex.replace"),
            Map.entry("date_format", "format"),
            Map.entry("date_trunc", "truncate"),
            Map.entry("to_timestamp", "timestamp"),
            Map.entry("to_date", "date"),
            Map.entry("hour", "getHours"),
            Map.entry("year", "getFullYear"),
            Map.entry("dayofweek", "getDayOfWeek"),
            Map.entry("md5", "sha256"),
            Map.entry("hash", "sha256"),
            Map.entry("includes", "contains"),
            Map.entry("tostring", "string"),
            Map.entry("todouble", "double"),
            Map.entry("substr", "substring"),
            Map.entry("exist", "exists"),
            Map.entry("any", "exists"),
            Map.entry("every", "all"));

    /** What aggregates are called elsewhere. */
    private static final Map<String, String> OF_AGGREGATES = Map.of(
            "mean", "avg(x)",
            "average", "avg(x)",
            "total", "sum(x)",
            "maximum", "max(x)",
            "minimum", "min(x)",
            "distinct", "countDistinct(x)",
            "median", "percentile(x, 0.5)",
            "list", "collect(x, limit)");

    /** Functions of elsewhere whose value is another one at each call. */
    private static final Set<String> OUTSIDE =
            Set.of("now", "today", "current_timestamp", "current_date", "getdate", "sysdate", "rand", "random", "uuid");

    private static final List<String> KNOWN = FunctionReference.names();

    private static final List<String> AGGREGATES = Arrays.stream(CheckedAggregate.Function.values())
            .map(CheckedAggregate.Function::text)
            .toList();

    /** A habit: where, what it is called, what to write. */
    record Habit(Span span, String shown, String hint) {}

    private Hints() {}

    /** The first word or sign that another language would understand here. */
    static Optional<Habit> habit(String text, Spans spans) {
        for (Span token : tokens(text, spans)) {
            String shown = text.substring(token.start(), token.end());
            String hint = WORDS.get(shown.toLowerCase(Locale.ROOT));
            if (shown.equals("=")) {
                hint = "write `==`.";
            }
            if (shown.equalsIgnoreCase("in") && isCalled(text, token)) {
                return Optional.of(new Habit(token, "in (", "write a list: `in [\"a\", \"b\"]`."));
            }
            if (shown.equals("<>")) {
                hint = "write `!=`.";
            }
            if (shown.equals("&") || shown.equals("|")) {
                hint = "write `" + shown + shown + "`.";
            }
            if (shown.equals("*")
                    && text.substring(0, token.start()).stripTrailing().endsWith("count(")) {
                hint = "write `count()`.";
            }
            if (hint != null && !shown.equals("default")) {
                return Optional.of(new Habit(token, shown, hint));
            }
        }
        return Optional.empty();
    }

    /** Whether a bracket follows, as behind the name of a function. */
    static boolean isCalled(String text, Span token) {
        return text.substring(token.end()).stripLeading().startsWith("(");
    }

    static List<Span> tokens(String text, Spans spans) {
        List<Span> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            Span token = spans.token(at);
            tokens.add(token);
            at = Math.max(at + 1, token.end());
        }
        return tokens;
    }

    /** What to write in place of a function that there is not. */
    static String forFunction(String name, boolean aggregates) {
        String elsewhere = aggregates ? OF_AGGREGATES.get(name.toLowerCase(Locale.ROOT)) : null;
        if (elsewhere != null) {
            return "write `" + elsewhere + "`.";
        }
        if (OUTSIDE.contains(name.toLowerCase(Locale.ROOT))) {
            return "expressions reach nothing outside the record; when something happened says a field of it.";
        }
        return nearestFunction(name, aggregates)
                .orElse(aggregates ? "aggregates: " + String.join(", ", AGGREGATES) + "." : NO_FUNCTION);
    }

    private static Optional<String> nearestFunction(String name, boolean aggregates) {
        if (name.equals("type")) {
            return Optional.of("remove it: the type of a field is the one that `records` declares.");
        }
        if (!aggregates && AGGREGATES.contains(name)) {
            return Optional.of("`" + name + "(…)` aggregates the records of a window; it has a place in `aggregate`.");
        }
        String known = FUNCTIONS.get(name.toLowerCase(Locale.ROOT));
        List<String> candidates = new ArrayList<>(KNOWN);
        candidates.addAll(aggregates ? AGGREGATES : List.of());
        Optional<String> meant = known == null ? Problems.nearest(name, candidates) : Optional.of(known);
        return meant.map(function -> "did you mean `" + function + "`?");
    }
}
