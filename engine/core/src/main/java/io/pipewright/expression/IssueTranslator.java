package io.pipewright.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.pipewright.expression.Spans.Span;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the author's words what the parser and the type checker found. It is long because each text of theirs has its
 * own translation.
 */
final class IssueTranslator {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*?)'.*", Pattern.DOTALL);
    private static final Pattern UNDEFINED_FIELD = Pattern.compile("undefined field '(.*?)'.*", Pattern.DOTALL);
    private static final Pattern NO_FIELDS = Pattern.compile("type '(.*)' does not support field selection");
    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "found no matching overload for '(.*?)' applied to '(.*?)'(?: \\(candidates.*)?", Pattern.DOTALL);
    private static final Pattern NO_RANGE = Pattern.compile("expression of type '(.*?)' cannot be .*range.*");
    private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)");
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("_[_]", "[ ]"),
            Map.entry("_?_:_", "? :"),
            Map.entry("@in", "in"),
            Map.entry("!_", "!"),
            Map.entry("-_", "-"),
            Map.entry(Functions.HAS, "has"));

    private final String text;
    private final Environment environment;
    private final Spans spans;
    private final Problems problems;
    private final boolean aggregates;

    /** Whether types are asked for, which there is no way to do: their names are then no fields. */
    private boolean ofTypes;

    private final Map<Long, CelExpr> byId = new HashMap<>();

    /** Calls by the ids of what is no value but stands before the name of a function, as in {@code math.abs(x)}. */
    private final Map<Long, CelExpr> qualified = new HashMap<>();

    IssueTranslator(String text, Environment environment, Spans spans, Problems problems, boolean aggregates) {
        this.text = text;
        this.environment = environment;
        this.spans = spans;
        this.problems = problems;
        this.aggregates = aggregates;
    }

    /** Only the first: what follows a syntax error is its echo. */
    void syntax(List<CelIssue> issues) {
        CelIssue issue = issues.get(0);
        String message = issue.getMessage();
        Span at = spans.token(spans.offset(
                issue.getSourceLocation().getLine(), issue.getSourceLocation().getColumn()));
        if (message.equals(Environment.HAS_ARGUMENT)) {
            problems.add(
                    "type-mismatch",
                    spans.called(at),
                    "`has` asks for a field.",
                    "name one in the brackets, such as `has(status)`.");
            return;
        }
        if (message.contains("must be a simple name")) {
            problems.add(
                    "expression-syntax",
                    at,
                    "The first argument names the item.",
                    "write a name of your own, such as `x` in `map(x, x + 1)`.");
            return;
        }
        if (message.startsWith("For input string") || message.contains("integer") && message.contains("range")) {
            problems.add(
                    "bad-literal",
                    at,
                    "The number is too large.",
                    "whole numbers have 64 bits; write larger ones as `decimal(\"…\")`.");
            return;
        }
        if (message.contains("recursion") || message.contains("exceeds")) {
            problems.add("expression-too-deep", at, "The expression is nested too deeply.", Hints.TOO_LARGE);
            return;
        }
        Matcher reserved = RESERVED.matcher(message);
        boolean choice = reserved.matches() && reserved.group(1).equals("if") && Hints.isCalled(text, at);
        if (reserved.matches() && !choice) {
            String name = reserved.group(1);
            problems.add(
                    "expression-syntax",
                    at,
                    "`" + name + "` is a reserved word and cannot name a field.",
                    "give the field another name in `records`, and its own in `path`.");
            return;
        }
        unexpected(at);
    }

    private void unexpected(Span at) {
        Optional<Hints.Habit> habit = Hints.habit(text, spans);
        if (habit.isPresent()) {
            Hints.Habit found = habit.get();
            problems.add(
                    "expression-syntax",
                    found.span(),
                    "`" + found.shown() + "` is not an operator here.",
                    found.hint());
            return;
        }
        String token = text.substring(at.start(), at.end());
        boolean openText = !token.isEmpty() && Spans.isQuote(token.charAt(0)) && at.end() == text.length();
        if (openText && (token.length() == 1 || token.charAt(token.length() - 1) != token.charAt(0))) {
            problems.add(
                    "expression-syntax",
                    at,
                    "The text that begins here has no closing quote.",
                    "add the quote at its end.");
        } else if (token.isEmpty()) {
            problems.add(
                    "expression-syntax",
                    at,
                    "The expression ends before it is complete.",
                    "add what is missing, or remove the last operator or bracket.");
        } else {
            problems.add(
                    "expression-syntax",
                    at,
                    "`" + token + "` is not expected here.",
                    "remove it, or write an operator such as `&&` before it.");
        }
    }

    void types(List<CelIssue> issues, CelExpr root) {
        index(root);
        byId.values().stream()
                .filter(IssueTranslator::isUnsigned)
                .forEach(literal -> problems.add("bad-literal", spans.of(literal), Hints.UNSIGNED, Hints.WITHOUT_U));
        ofTypes = issues.stream().anyMatch(issue -> issue.getMessage().contains("undeclared reference to 'type'"));
        for (CelIssue issue : issues) {
            CelExpr expression = byId.getOrDefault(issue.getExprId(), root);
            translate(issue.getMessage(), expression);
        }
        if (problems.none()) {
            problems.add(
                    "type-mismatch",
                    spans.of(root),
                    "The parts of this expression do not fit together.",
                    Mismatches.CONVERT);
        }
    }

    private void translate(String message, CelExpr expression) {
        Matcher matcher = UNDECLARED.matcher(message);
        if (matcher.matches()) {
            undeclared(matcher.group(1), expression);
            return;
        }
        matcher = UNDEFINED_FIELD.matcher(message);
        if (matcher.matches()) {
            undefinedField(matcher.group(1), expression);
            return;
        }
        matcher = NO_FIELDS.matcher(message);
        if (matcher.matches()) {
            String type = TypeNames.shown(matcher.group(1));
            problems.add(
                    "type-mismatch",
                    spans.name(expression),
                    "A value of type `" + type + "` has no fields.",
                    type.startsWith("list<")
                            ? "name one of its elements, the first one is `[0]`, or go over them all with `map`."
                            : "remove what follows the value.");
            return;
        }
        matcher = NO_OVERLOAD.matcher(message);
        if (matcher.matches()) {
            noOverload(matcher.group(1), matcher.group(2), expression);
            return;
        }
        matcher = NO_RANGE.matcher(message);
        if (matcher.matches()) {
            boolean loop = expression.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION;
            problems.add(
                    "type-mismatch",
                    spans.of(loop ? expression.comprehension().iterRange() : expression),
                    "This goes over a list or a map, not over `" + TypeNames.shown(matcher.group(1)) + "`.",
                    "name a list or a map there.");
            return;
        }
        problems.add("type-mismatch", spans.of(expression), "This does not fit here.", Mismatches.CONVERT);
    }

    private void undeclared(String name, CelExpr expression) {
        Span span = spans.name(expression);
        if (expression.getKind() == CelExpr.ExprKind.Kind.STRUCT) {
            problems.add("unsupported-function", spans.of(expression), Hints.RECORD, Hints.FIELDS);
            return;
        }
        if (expression.getKind() == CelExpr.ExprKind.Kind.CALL) {
            unknownFunction(name, expression);
            return;
        }
        if (ofTypes && TypeNames.OF_CEL.contains(name)) {
            return;
        }
        CelExpr call = qualified.get(expression.id());
        if (call != null) {
            unknownFunction(call.call().function(), call);
            return;
        }
        if (name.equals(Environment.META)) {
            problems.add(
                    "meta-not-available",
                    span,
                    "`meta` tells of a source's message, and is not known here.",
                    "read it where `from` is the source itself: a stage `add` there makes it a field, such as"
                            + " `fields: {partition: meta.partition}`.");
            return;
        }
        List<String> names = environment.names();
        String hint = nearest(name, names);
        boolean text = name.matches("[A-Z][A-Z0-9_]+") && !hint.startsWith("did you mean");
        problems.add(
                "unknown-field",
                span,
                "There is no field `" + name + "`.",
                text ? "write `\"" + name + "\"` if it is a text; " + hint : hint);
    }

    private void unknownFunction(String name, CelExpr call) {
        Span span = spans.name(call);
        String usage = Hints.LOOPS.get(name);
        if (usage != null) {
            problems.add("type-mismatch", span, "`" + name + "` is not written like this.", "write `" + usage + "`.");
            return;
        }
        String function = Functions.qualifier(call) + name;
        String hint = Hints.forFunction(function, aggregates);
        problems.add("unknown-function", span, "There is no function `" + function + "`.", hint);
    }

    private void undefinedField(String name, CelExpr expression) {
        if (isMeta(expression) && MetaField.of(name).isPresent()) {
            problems.add(
                    "meta-not-available",
                    spans.name(expression),
                    "The messages that are read here have no `meta." + name + "`.",
                    metaHint(name));
            return;
        }
        List<String> names = new ArrayList<>();
        boolean vars = expression.getKind() == CelExpr.ExprKind.Kind.SELECT
                && expression.select().operand().identOrDefault().name().equals(Environment.VARS);
        if (vars) {
            names.addAll(environment.vars.names());
        } else if (isMeta(expression)) {
            names.addAll(environment.meta.names());
        } else {
            environment.types.allRecords().stream()
                    .map(RecordType::writtenNames)
                    .forEach(names::addAll);
        }
        String message = vars
                ? "There is no variable `vars." + name + "`."
                : isMeta(expression) ? "There is no `meta." + name + "`." : "There is no field `" + name + "`.";
        problems.add("unknown-field", spans.name(expression), message, nearest(name, names));
    }

    private boolean isMeta(CelExpr expression) {
        return environment.meta.size() > 0
                && expression.getKind() == CelExpr.ExprKind.Kind.SELECT
                && expression.select().operand().identOrDefault().name().equals(Environment.META);
    }

    /** Where messages have keys, those without a value are tombstones; they are only left out. */
    private String metaHint(String name) {
        List<String> names = environment.meta.names();
        return name.equals(MetaField.TOMBSTONE.text()) && names.contains(MetaField.KEY.text())
                ? "write `blank: keep` in the source's `format`; without it no tombstone becomes a record."
                : "they have `meta." + String.join("`, `meta.", names) + "`.";
    }

    private static String nearest(String name, List<String> names) {
        return Problems.nearest(name, names)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> names.isEmpty() || names.size() > 12
                        ? "check its name, or declare it."
                        : "there are: " + String.join(", ", names) + ".");
    }

    private void noOverload(String function, String applied, CelExpr expression) {
        Span span = spans.name(expression);
        List<String> types = TypeNames.list(applied);
        if (types.contains("uint")) {
            return;
        }
        if (types.contains("null")) {
            problems.add("bad-literal", span, "`null` cannot be compared or calculated with.", Hints.NULL);
            return;
        }
        String shown = shown(function);
        Span place = Mismatches.notACondition(function, types)
                .map(i -> spans.of(expression.call().args().get(i)))
                .orElse(span);
        boolean onValue = expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().target().isPresent();
        String hint = FunctionReference.onlyAs(function, onValue)
                .map(call -> "write `" + call + "`.")
                .orElseGet(() -> Mismatches.hint(function, types));
        problems.add("type-mismatch", place, Mismatches.message(function, shown, types), hint);
    }

    private static boolean isUnsigned(CelExpr expression) {
        return expression.constantOrDefault().getKind() == CelConstant.Kind.UINT64_VALUE;
    }

    /** A function as its author wrote it. */
    static String shown(String function) {
        String operator = OPERATORS.get(function);
        if (operator != null) {
            return operator;
        }
        boolean infix = function.length() > 2 && function.startsWith("_") && function.endsWith("_");
        return infix ? function.substring(1, function.length() - 1) : function;
    }

    private void index(CelExpr expression) {
        byId.put(expression.id(), expression);
        if (expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && !Functions.qualifier(expression).isEmpty()) {
            expression.call().target().ifPresent(qualifier -> qualified.put(qualifier.id(), expression));
        }
        Environment.parts(expression).forEach(this::index);
    }
}
