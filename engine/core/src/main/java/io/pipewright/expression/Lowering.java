package io.pipewright.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import io.pipewright.expression.tree.Node;
import io.pipewright.expression.tree.TreeExpression;
import io.pipewright.expression.tree.Widening;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From CEL's checked tree to ours: resolves names, follows which values may be null where, and notes what is read.
 *
 * <p>CEL's checker knows no nulls; here every part that may be null is followed to where it is used. It is one file because
 * the kinds of parts contain each other, and share what was noted on the way.
 */
final class Lowering {

    private static final int MAX_DEPTH = 200;
    /** Stands for a part that has a problem; what depends on it tells none. */
    static final Lowered FAILED = Lowered.read(new Node.Literal(false, Scalar.BOOLEAN), false, "?", Set.of());

    final Environment environment;
    final CelAbstractSyntaxTree ast;
    final Spans spans;
    final Problems problems;
    private final @Nullable Aggregates aggregates;
    private final Map<String, Constant> constants;
    private final Map<String, Node.Local> locals = new HashMap<>();
    private final Set<String> fieldsRead = new TreeSet<>();
    private final Map<String, Set<String>> variablesRead = new TreeMap<>();
    private final CallLowering calls = new CallLowering(this);
    private final LiteralLowering literals = new LiteralLowering(this);
    private final LoopLowering loops = new LoopLowering(this);
    private int depth;
    private int slots;
    private int slotsInUse;

    Lowering(
            Environment environment,
            Map<String, Constant> constants,
            CelAbstractSyntaxTree ast,
            Spans spans,
            Problems problems) {
        this(environment, constants, ast, spans, problems, null);
    }

    /** @param aggregates takes the aggregate calls; without it there may be none */
    Lowering(
            Environment environment,
            Map<String, Constant> constants,
            CelAbstractSyntaxTree ast,
            Spans spans,
            Problems problems,
            @Nullable Aggregates aggregates) {
        this.aggregates = aggregates;
        this.environment = environment;
        this.constants = constants;
        this.ast = ast;
        this.spans = spans;
        this.problems = problems;
    }

    /** The whole expression, if it has no problems; the caller looks. */
    TreeExpression expression(String text, CelExpr root) {
        Lowered lowered = lower(root, Set.of());
        escapes(lowered);
        if (problems.none() && unresolved(ast.getTypeOrThrow(root.id()))) {
            problems.add(
                    "bad-literal",
                    spans.of(root),
                    "The type of what this empty list or map holds is not known.",
                    "give it an item, or leave it out.");
        }
        return new TreeExpression(
                text, lowered.node(), lowered.type(), lowered.nullable(), fieldsRead, variablesRead, slots);
    }

    private static boolean unresolved(CelType type) {
        return type.kind().isTypeParam()
                || type.kind().isDyn()
                || type.parameters().stream().anyMatch(Lowering::unresolved);
    }

    /** @param present the paths that are known to be there */
    Lowered lower(CelExpr expression, Set<String> present) {
        if (++depth > MAX_DEPTH) {
            depth--;
            problems.add(
                    "expression-too-deep",
                    spans.name(expression),
                    "The expression is nested too deeply.",
                    Hints.TOO_LARGE);
            return FAILED;
        }
        try {
            return switch (expression.getKind()) {
                case CONSTANT -> literals.constant(expression);
                case IDENT -> identifier(expression, present);
                case SELECT -> select(expression, present);
                case CALL -> Aggregates.isAggregate(expression.call())
                        ? aggregate(expression)
                        : calls.lower(expression, present);
                case LIST -> literals.list(expression, present);
                case MAP -> literals.map(expression, present);
                case COMPREHENSION -> loops.lower(expression, present);
                default -> failed("unsupported-function", spans.of(expression), Hints.RECORD, Hints.FIELDS);
            };
        } finally {
            depth--;
        }
    }

    private Lowered aggregate(CelExpr expression) {
        if (aggregates == null) {
            String name = "`" + expression.call().function() + "`";
            return failed(
                    "nested-aggregate",
                    spans.name(expression),
                    name + " cannot stand inside another aggregate call.",
                    "remove the outer or the inner call.");
        }
        return aggregates.call(expression);
    }

    Lowered failed(String code, Spans.Span span, String message, String hint) {
        problems.add(code, span, message, hint);
        return FAILED;
    }

    /** A part whose value is needed: it may not be null. */
    Lowered needed(CelExpr expression, Set<String> present) {
        Lowered lowered = lower(expression, present);
        if (lowered.nullable()) {
            String name = lowered.path() == null ? null : text(expression);
            problems.add(
                    "null-not-handled",
                    spans.of(expression),
                    name == null ? "This may be null here." : "`" + name + "` may be null here.",
                    nullHint(name));
        }
        return lowered;
    }

    /** @param name of the field; null if it is none, of which nobody can ask whether it is there */
    private static String nullHint(@Nullable String name) {
        return name == null || name.length() > 40
                ? "give it a value with `orElse(…, …)`."
                : "write `has(" + name + ") && …`, or `orElse(" + name + ", …)`.";
    }

    String text(CelExpr expression) {
        return spans.text(expression);
    }

    private Lowered identifier(CelExpr expression, Set<String> present) {
        String name = expression.ident().name();
        Node.Local local = locals.get(name);
        if (local != null) {
            return Lowered.read(local, false, "#" + local.slot(), loops.held(local.slot()));
        }
        if (name.equals(Environment.VARS)) {
            return failed(
                    "type-mismatch", spans.of(expression), "`vars` is no value of its own.", "write `vars.name`.");
        }
        if (isMeta(expression)) {
            return failed(
                    "type-mismatch",
                    spans.of(expression),
                    "`meta` is no value of its own.",
                    "write one of `meta." + String.join("`, `meta.", environment.meta.names()) + "`.");
        }
        if (aggregates != null) {
            return outsideAggregate(expression);
        }
        for (Variable variable : environment.scope.variables()) {
            if (variable.name().equals(name)) {
                if (recordOf(variable.type()) != null) {
                    variablesRead.computeIfAbsent(name, key -> new TreeSet<>());
                }
                Node node = new Node.VariableValue(name, Widening.widened(variable.type()));
                boolean nullable = variable.nullable() && !present.contains(name);
                return Lowered.read(node, nullable, name, Set.of(name));
            }
        }
        Optional<Field> found = environment.scope.fields().field(name);
        if (found.isEmpty()) {
            return failed(
                    "outside-aggregate",
                    spans.of(expression),
                    "`" + name + "` is not known inside an aggregate call.",
                    "name fields of the input there.");
        }
        return field(found.get(), present);
    }

    private Lowered field(Field field, Set<String> present) {
        fieldsRead.add(field.name());
        Node node = new Node.FieldValue(field.name(), Widening.widened(field.type()));
        return Lowered.read(node, field.nullable() && !present.contains(field.name()), field.name(), Set.of());
    }

    private Lowered outsideAggregate(CelExpr expression) {
        String name = text(expression);
        return failed(
                "outside-aggregate",
                spans.of(expression),
                "`" + name + "` stands outside an aggregate call.",
                "say which of the many values is meant, such as `max(" + name + ")`.");
    }

    private Lowered select(CelExpr expression, Set<String> present) {
        CelExpr.CelSelect select = expression.select();
        String name = select.field();
        if (isVars(select.operand())) {
            Constant constant = constants.get(name);
            Object value = Widening.widen(Objects.requireNonNull(constant).value());
            return select.testOnly()
                    ? Lowered.of(new Node.Literal(true, Scalar.BOOLEAN))
                    : Lowered.of(new Node.Literal(value, Widening.widened(constant.type())));
        }
        if (isMeta(select.operand())) {
            return meta(expression, present);
        }
        Lowered owner = lower(select.operand(), present);
        if (owner.type() instanceof MapType map) {
            return entry(expression, owner, name, map);
        }
        if (!(owner.type() instanceof RecordType record)) {
            return FAILED;
        }
        for (String variable : owner.variables()) {
            variablesRead.computeIfAbsent(variable, key -> new TreeSet<>()).add(name);
        }
        Field field = record.field(name).orElseThrow();
        String path = owner.path() == null ? null : owner.path() + "." + name;
        boolean nullable = (field.nullable() || owner.nullable()) && !(path != null && present.contains(path));
        Node node = new Node.Select(owner.node(), name, Widening.widened(field.type()));
        return presenceOr(Lowered.read(node, nullable, path, Set.of()), select);
    }

    private static Lowered presenceOr(Lowered read, CelExpr.CelSelect select) {
        return select.testOnly() ? Lowered.condition(new Node.Present(read.node()), read.presence(), Set.of()) : read;
    }

    /** What is read of {@code meta} is a field of the record itself. */
    private Lowered meta(CelExpr expression, Set<String> present) {
        if (aggregates != null) {
            return outsideAggregate(expression);
        }
        MetaField read = MetaField.of(expression.select().field()).orElseThrow();
        return presenceOr(field(read.field(), present), expression.select());
    }

    private boolean isMeta(CelExpr expression) {
        return environment.meta.size() > 0
                && expression.identOrDefault().name().equals(Environment.META)
                && !locals.containsKey(Environment.META);
    }

    private Lowered entry(CelExpr expression, Lowered owner, String key, MapType map) {
        if (expression.select().testOnly()) {
            return Lowered.condition(new Node.EntryPresent(owner.node(), key), owner.presence(), Set.of());
        }
        if (owner.nullable()) {
            needed(expression.select().operand(), Set.of());
        }
        return Lowered.of(new Node.Entry(owner.node(), new Node.Literal(key, Scalar.STRING), map.value()));
    }

    private boolean isVars(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
                && expression.ident().name().equals(Environment.VARS)
                && !locals.containsKey(Environment.VARS);
    }

    /** The type of a part; what an empty list holds counts as JSON, of which there is no literal. */
    Optional<DataType> type(CelExpr expression) {
        CelType type = ast.getTypeOrThrow(expression.id());
        boolean emptyList = type.kind() == dev.cel.common.types.CelKind.LIST && unresolved(type);
        if (emptyList && isEmpty(expression)) {
            return Optional.of(new ListType(Scalar.JSON));
        }
        boolean emptyMap = type.kind() == dev.cel.common.types.CelKind.MAP && unresolved(type);
        if (emptyMap && isEmpty(expression)) {
            return Optional.of(new MapType(Scalar.JSON));
        }
        return environment.types.from(type);
    }

    private static boolean isEmpty(CelExpr expression) {
        return switch (expression.getKind()) {
            case LIST -> expression.list().elements().isEmpty();
            case MAP -> expression.map().entries().isEmpty();
            default -> false;
        };
    }

    /** A value that leaves the expression, or is compared as a whole: all fields of its records are read. */
    void escapes(Lowered lowered) {
        RecordType record = recordOf(lowered.type());
        if (record != null) {
            for (String variable : lowered.variables()) {
                variablesRead.computeIfAbsent(variable, key -> new TreeSet<>()).addAll(record.names());
            }
        }
    }

    static @Nullable RecordType recordOf(DataType type) {
        if (type instanceof ListType list) {
            return recordOf(list.element());
        }
        if (type instanceof MapType map) {
            return recordOf(map.value());
        }
        return type instanceof RecordType record ? record : null;
    }

    /** Runs with the loop's item known by a name. */
    <T> T withLocal(String name, DataType type, Function<Node.Local, T> body) {
        Node.Local local = new Node.Local(slotsInUse++, type);
        slots = Math.max(slots, slotsInUse);
        Node.Local outer = locals.put(name, local);
        try {
            return body.apply(local);
        } finally {
            slotsInUse--;
            if (outer == null) {
                locals.remove(name);
            } else {
                locals.put(name, outer);
            }
        }
    }
}
