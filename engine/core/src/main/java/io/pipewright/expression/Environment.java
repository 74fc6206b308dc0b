package io.pipewright.expression;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Names;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CEL's parser and type checker, set up with the names of one {@link Scope} and the language's own functions; a variable
 * hides a field of its name.
 */
final class Environment {

    static final String VARS = "vars";
    static final String META = "meta";
    static final String HAS_ARGUMENT = "has-argument";

    private static final int MAX_DEPTH = 100;
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(ExpressionChecker.MAX_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .build();
    private static final CelMacro HAS = CelMacro.newGlobalMacro(
            "has", 1, (factory, target, arguments) -> Optional.of(presence(factory, arguments.get(0))));
    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(
                    CelStandardMacro.ALL,
                    CelStandardMacro.EXISTS,
                    CelStandardMacro.EXISTS_ONE,
                    CelStandardMacro.MAP,
                    CelStandardMacro.MAP_FILTER,
                    CelStandardMacro.FILTER)
            .addMacros(HAS, extreme("greatest"), extreme("least"))
            .build();
    static final Set<CelStringExtensions.Function> TEXT_FUNCTIONS = Set.of(
            CelStringExtensions.Function.CHAR_AT,
            CelStringExtensions.Function.INDEX_OF,
            CelStringExtensions.Function.JOIN,
            CelStringExtensions.Function.LAST_INDEX_OF,
            CelStringExtensions.Function.LOWER_ASCII,
            CelStringExtensions.Function.REPLACE,
            CelStringExtensions.Function.REVERSE,
            CelStringExtensions.Function.SPLIT,
            CelStringExtensions.Function.SUBSTRING,
            CelStringExtensions.Function.TRIM,
            CelStringExtensions.Function.UPPER_ASCII);
    private static final Set<CelFunctionDecl> TEXTS =
            CelExtensions.strings(TEXT_FUNCTIONS).functions();
    private static final StandardFunction[] STANDARD = StandardFunction.values();
    private static final CelStandardDeclarations NOTHING_STANDARD = CelStandardDeclarations.newBuilder()
            .filterIdentifiers(identifier -> false)
            .filterFunctions((function, overload) -> false)
            .build();

    final Scope scope;
    final boolean aggregates;
    final RecordType vars;

    /** What {@code meta.} has; nothing where there is no message, or where it is the name of a field. */
    final RecordType meta;

    final CelTypes types = new CelTypes();
    private final Map<String, CelType> named = new LinkedHashMap<>();

    Environment(Scope scope, Map<String, Constant> constants, boolean aggregates) {
        this.scope = scope;
        this.aggregates = aggregates;
        this.vars = new RecordType(
                VARS,
                constants.entrySet().stream()
                        .map(entry -> Field.of(entry.getKey(), entry.getValue().type()))
                        .toList());
        this.meta = meta(scope);
        MetaField.without(scope.fields()).fields().forEach(field -> named.put(field.name(), types.of(field.type())));
        if (meta.size() > 0) {
            named.put(META, types.of(meta));
        }
        scope.variables().forEach(variable -> named.put(variable.name(), types.of(variable.type())));
        named.put(VARS, types.of(vars));
    }

    private static RecordType meta(Scope scope) {
        boolean taken = scope.fields().field(META).isPresent()
                || scope.variables().stream()
                        .anyMatch(variable -> variable.name().equals(META));
        List<MetaField> known = taken ? List.of() : MetaField.in(scope.fields());
        return new RecordType(
                META,
                known.stream()
                        .map(each -> new Field(
                                each.text(), each.field().type(), each.field().nullable()))
                        .toList());
    }

    private static CelExpr presence(CelMacroExprFactory factory, CelExpr argument) {
        return switch (argument.getKind()) {
            case SELECT -> factory.newSelect(
                    argument.select().operand(), argument.select().field(), true);
            case IDENT -> factory.newGlobalCall(Functions.HAS, argument);
            default -> factory.reportError(
                    CelIssue.formatError(argument.id(), factory.getSourceLocation(argument), HAS_ARGUMENT));
        };
    }

    /** Calls with more than two values: {@code math.least(a, b, c)} is {@code math.least(math.least(a, b), c)}. */
    private static CelMacro extreme(String name) {
        return CelMacro.newReceiverVarArgMacro(name, (factory, target, arguments) -> {
            if (!target.identOrDefault().name().equals("math") || arguments.size() < 3) {
                return Optional.empty();
            }
            CelExpr all = arguments.get(0);
            for (CelExpr argument : arguments.subList(1, arguments.size())) {
                all = factory.newGlobalCall("math." + name, all, argument);
            }
            return Optional.of(all);
        });
    }

    static CelValidationResult parse(String text) {
        return PARSER.parse(text);
    }

    /** The tree of an expression that is a mere name, as every second one is: it needs no parser and no checker. */
    Optional<CelAbstractSyntaxTree> name(String text) {
        CelType type = Names.RESERVED.contains(text) ? null : named.get(text);
        return type == null || !Names.isIdentifier(text)
                ? Optional.empty()
                : Optional.of(CelAbstractSyntaxTree.newCheckedAst(
                        CelExpr.ofIdent(1, text),
                        CelSource.newBuilder(text).addPositions(1, 0).build(),
                        Map.of(1L, CelReference.newBuilder().setName(text).build()),
                        Map.of(1L, type)));
    }

    /**
     * Checks types. Only what the expression names and calls is declared: the library compares the signatures of all
     * declared functions with each other at every check, which took three quarters of its time.
     */
    CelValidationResult check(CelAbstractSyntaxTree parsed) {
        Set<String> used = new HashSet<>();
        Set<String> called = new HashSet<>();
        uses(parsed.getExpr(), used, called);
        CelCheckerBuilder builder = CelCompilerFactory.standardCelCheckerBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(standard(called))
                .setTypeProvider(types)
                .addFunctionDeclarations(Functions.declarations(called, types.structNames()));
        for (String name : used) {
            CelType type = named.get(name);
            if (type != null) {
                builder.addVarDeclarations(CelVarDecl.newVarDeclaration(name, type));
            }
        }
        declare(TEXTS, called, builder);
        if (aggregates) {
            declare(Aggregates.DECLARATIONS, called, builder);
        }
        return builder.build().check(parsed);
    }

    private static void declare(Collection<CelFunctionDecl> functions, Set<String> called, CelCheckerBuilder builder) {
        for (CelFunctionDecl function : functions) {
            if (called.contains(function.name())) {
                builder.addFunctionDeclarations(function);
            }
        }
    }

    private static CelStandardDeclarations standard(Set<String> called) {
        List<StandardFunction> functions = new ArrayList<>();
        for (StandardFunction function : STANDARD) {
            String name = function.functionDecl().name();
            if (called.contains(name) && !Functions.LEFT_OUT.contains(name)) {
                functions.add(function);
            }
        }
        return functions.isEmpty()
                ? NOTHING_STANDARD
                : CelStandardDeclarations.newBuilder()
                        .filterIdentifiers(identifier -> false)
                        .includeFunctions(functions)
                        .build();
    }

    private static void uses(CelExpr expression, Set<String> names, Set<String> functions) {
        CelExpr.ExprKind.Kind kind = expression.getKind();
        if (kind == CelExpr.ExprKind.Kind.IDENT) {
            names.add(expression.ident().name());
        } else if (kind == CelExpr.ExprKind.Kind.CALL) {
            String function = expression.call().function();
            functions.add(function);
            functions.add(Functions.qualifier(expression) + function);
        }
        for (CelExpr part : parts(expression)) {
            uses(part, names, functions);
        }
    }

    /** The expressions that an expression is made of, also those that a macro expanded to. */
    static List<CelExpr> parts(CelExpr expression) {
        List<CelExpr> parts = new ArrayList<>();
        switch (expression.getKind()) {
            case SELECT -> parts.add(expression.select().operand());
            case CALL -> parts.addAll(CallLowering.arguments(expression));
            case LIST -> parts.addAll(expression.list().elements());
            case STRUCT -> expression.struct().entries().forEach(entry -> parts.add(entry.value()));
            case MAP -> expression.map().entries().forEach(entry -> parts.addAll(List.of(entry.key(), entry.value())));
            case COMPREHENSION -> {
                CelExpr.CelComprehension loop = expression.comprehension();
                parts.addAll(List.of(loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep()));
                parts.add(loop.result());
            }
            default -> {}
        }
        return parts;
    }

    /** All names that an expression may begin with. */
    List<String> names() {
        List<String> names = new ArrayList<>(scope.fields().writtenNames());
        scope.variables().forEach(variable -> names.add(variable.name()));
        if (vars.size() > 0) {
            names.add(VARS);
        }
        return names;
    }
}
