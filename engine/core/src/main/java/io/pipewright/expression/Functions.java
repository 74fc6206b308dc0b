package io.pipewright.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.types.TypeParamType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The signatures that the language adds to CEL's.
 *
 * <p>CEL declares equality, {@code in} and {@code ?:} once for two values of one type; an integer beside a double or a
 * decimal is declared here.
 */
final class Functions {

    static final String HAS = "@has";

    /** What of the standard is no part of the language. */
    static final Set<String> LEFT_OUT = Set.of("_in_", "type", "dyn", "uint");

    /** What stands before the dot in the names of functions that are called on nothing, as in {@code math.abs(x)}. */
    static final Set<String> NAMESPACES = Set.of("math", "regex");

    private static final CelType A = TypeParamType.create("A");
    private static final CelType B = TypeParamType.create("B");
    private static final CelType BOOL = SimpleType.BOOL;
    private static final CelType INT = SimpleType.INT;
    private static final CelType DOUBLE = SimpleType.DOUBLE;
    private static final CelType STRING = SimpleType.STRING;
    private static final CelType DECIMAL = CelTypes.DECIMAL;
    private static final CelType TIMESTAMP = SimpleType.TIMESTAMP;
    private static final CelType DURATION = SimpleType.DURATION;
    private static final List<CelType> SCALARS = List.of(
            BOOL, INT, DOUBLE, STRING, SimpleType.BYTES, TIMESTAMP, DURATION, DECIMAL, CelTypes.DATE, CelTypes.JSON);

    /** What is declared the same whichever records there are. */
    static final List<CelFunctionDecl> FIXED = fixed();

    private Functions() {}

    /** What stands before the name of a called function, such as {@code math.}; empty for most. */
    static String qualifier(CelExpr call) {
        String function = call.call().function();
        if (Character.isLetter(function.charAt(0)) && function.contains(".")) {
            return function.substring(0, function.lastIndexOf('.') + 1);
        }
        String target =
                call.call().target().map(value -> value.identOrDefault().name()).orElse("");
        return NAMESPACES.contains(target) ? target + "." : "";
    }

    /**
     * The functions of these names.
     *
     * @param structs the names of all records that can come up
     */
    static List<CelFunctionDecl> declarations(Set<String> names, Collection<String> structs) {
        List<CelFunctionDecl> declared = new ArrayList<>();
        for (CelFunctionDecl fixed : FIXED) {
            if (names.contains(fixed.name())) {
                declared.add(fixed);
            }
        }
        if (names.contains("orElse")) {
            declared.add(function("orElse", alternatives(structs)));
        }
        return declared;
    }

    private static List<CelFunctionDecl> fixed() {
        List<CelFunctionDecl> declared = new ArrayList<>();
        declared.add(function("_==_", equalities("equals")));
        declared.add(function("_!=_", equalities("not_equals")));
        declared.add(function(
                "_?_:_",
                List.of(
                        global("conditional_int_double", DOUBLE, BOOL, INT, DOUBLE),
                        global("conditional_double_int", DOUBLE, BOOL, DOUBLE, INT))));
        declared.add(function(
                "@in",
                List.of(
                        global("in_list_int_double", BOOL, INT, ListType.create(DOUBLE)),
                        global("in_list_double_int", BOOL, DOUBLE, ListType.create(INT)))));
        declared.add(function("nullIf", exceptions()));
        declared.add(function(HAS, List.of(global("has_value", BOOL, A))));
        declared.addAll(arithmetic());
        declared.addAll(comparisons());
        declared.addAll(conversions());
        declared.addAll(LibraryFunctions.declarations());
        return List.copyOf(declared);
    }

    private static List<CelOverloadDecl> equalities(String id) {
        return List.of(
                global(id + "_int_double", BOOL, INT, DOUBLE),
                global(id + "_double_int", BOOL, DOUBLE, INT),
                global(id + "_int_decimal", BOOL, INT, DECIMAL),
                global(id + "_decimal_int", BOOL, DECIMAL, INT));
    }

    private static List<CelOverloadDecl> alternatives(Collection<String> structs) {
        List<CelType> all = new ArrayList<>(SCALARS);
        structs.forEach(struct -> all.add(StructTypeReference.create(struct)));
        all.add(ListType.create(A));
        all.add(MapType.create(A, B));
        List<CelOverloadDecl> overloads = ofTwo("or_else", all);
        overloads.add(global("or_else_int_double", DOUBLE, INT, DOUBLE));
        overloads.add(global("or_else_double_int", DOUBLE, DOUBLE, INT));
        return overloads;
    }

    private static List<CelOverloadDecl> exceptions() {
        List<CelOverloadDecl> overloads = ofTwo("null_if", SCALARS);
        overloads.add(global("null_if_double_int", DOUBLE, DOUBLE, INT));
        overloads.add(global("null_if_decimal_int", DECIMAL, DECIMAL, INT));
        return overloads;
    }

    /** What two values of a type give a value of. */
    private static List<CelOverloadDecl> ofTwo(String id, List<CelType> types) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        types.forEach(type -> overloads.add(global(id + "_" + overloads.size(), type, type, type)));
        return overloads;
    }

    private static List<CelFunctionDecl> arithmetic() {
        List<CelFunctionDecl> declared = new ArrayList<>();
        String[][] operators = {{"_+_", "add"}, {"_-_", "subtract"}, {"_*_", "multiply"}, {"_/_", "divide"}};
        for (String[] operator : operators) {
            String id = operator[1];
            declared.add(function(
                    operator[0],
                    List.of(
                            global(id + "_int_double", DOUBLE, INT, DOUBLE),
                            global(id + "_double_int", DOUBLE, DOUBLE, INT),
                            global(id + "_decimal", DECIMAL, DECIMAL, DECIMAL),
                            global(id + "_decimal_int", DECIMAL, DECIMAL, INT),
                            global(id + "_int_decimal", DECIMAL, INT, DECIMAL))));
        }
        declared.add(function(
                "_%_",
                List.of(
                        global("modulo_decimal", DECIMAL, DECIMAL, DECIMAL),
                        global("modulo_decimal_int", DECIMAL, DECIMAL, INT),
                        global("modulo_int_decimal", DECIMAL, INT, DECIMAL))));
        declared.add(function("-_", List.of(global("negate_decimal", DECIMAL, DECIMAL))));
        declared.add(function(
                "sum",
                List.of(
                        member("sum_int", INT, ListType.create(INT)),
                        member("sum_double", DOUBLE, ListType.create(DOUBLE)),
                        member("sum_decimal", DECIMAL, ListType.create(DECIMAL)),
                        member("sum_duration", DURATION, ListType.create(DURATION)))));
        return declared;
    }

    private static List<CelFunctionDecl> comparisons() {
        List<CelFunctionDecl> declared = new ArrayList<>();
        String[][] operators = {{"_<_", "less"}, {"_<=_", "less_equals"}, {"_>_", "greater"}, {"_>=_", "greater_equals"}
        };
        for (String[] operator : operators) {
            String id = operator[1];
            declared.add(function(
                    operator[0],
                    List.of(
                            global(id + "_decimal", BOOL, DECIMAL, DECIMAL),
                            global(id + "_decimal_int", BOOL, DECIMAL, INT),
                            global(id + "_int_decimal", BOOL, INT, DECIMAL),
                            global(id + "_date", BOOL, CelTypes.DATE, CelTypes.DATE))));
        }
        return declared;
    }

    private static List<CelFunctionDecl> conversions() {
        return List.of(
                function(
                        "toInt",
                        List.of(
                                global("int_to_toint", INT, INT),
                                global("double_to_toint", INT, DOUBLE),
                                global("string_to_toint", INT, STRING),
                                global("decimal_to_toint", INT, DECIMAL))),
                function(
                        "toMillis",
                        List.of(
                                global("timestamp_to_millis", INT, TIMESTAMP),
                                global("duration_to_millis", INT, DURATION))),
                function(
                        "decimal",
                        List.of(
                                global("int_to_decimal", DECIMAL, INT),
                                global("double_to_decimal", DECIMAL, DOUBLE),
                                global("string_to_decimal", DECIMAL, STRING),
                                global("decimal_to_decimal", DECIMAL, DECIMAL))),
                function("int", List.of(global("decimal_to_int64", INT, DECIMAL))),
                function("double", List.of(global("decimal_to_double", DOUBLE, DECIMAL))),
                function(
                        "string",
                        List.of(
                                global("decimal_to_string", STRING, DECIMAL),
                                global("date_to_string", STRING, CelTypes.DATE))));
    }

    static CelFunctionDecl function(String name, List<CelOverloadDecl> overloads) {
        return CelFunctionDecl.newFunctionDeclaration(name, overloads);
    }

    static CelOverloadDecl global(String id, CelType result, CelType... parameters) {
        return CelOverloadDecl.newGlobalOverload(id, result, parameters);
    }

    static CelOverloadDecl member(String id, CelType result, CelType... parameters) {
        return CelOverloadDecl.newMemberOverload(id, result, parameters);
    }
}
