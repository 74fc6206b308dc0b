package io.pipewright.expression;

import static io.pipewright.expression.Functions.function;
import static io.pipewright.expression.Functions.global;
import static io.pipewright.expression.Functions.member;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The signatures of functions on numbers, texts and moments that are not in CEL's standard. Those of {@code math.} and
 * {@code regex.} have the names that CEL's extensions give them, and also take decimals.
 */
final class LibraryFunctions {

    private static final CelType INT = SimpleType.INT;
    private static final CelType DOUBLE = SimpleType.DOUBLE;
    private static final CelType STRING = SimpleType.STRING;
    private static final CelType TIMESTAMP = SimpleType.TIMESTAMP;

    private LibraryFunctions() {}

    static List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> declared = new ArrayList<>();
        declared.add(function("math.greatest", extremes("greatest")));
        declared.add(function("math.least", extremes("least")));
        declared.add(ofEach("abs", type -> type, INT, DOUBLE, CelTypes.DECIMAL, SimpleType.DURATION));
        declared.add(ofEach("sign", type -> type, INT, DOUBLE, CelTypes.DECIMAL));
        for (String rounding : List.of("ceil", "floor", "trunc", "round")) {
            declared.add(ofEach(rounding, type -> type, DOUBLE, CelTypes.DECIMAL));
        }
        declared.add(function(
                "math.round",
                List.of(
                        global("math_round_double_int", DOUBLE, DOUBLE, INT),
                        global("math_round_decimal_int", CelTypes.DECIMAL, CelTypes.DECIMAL, INT))));
        declared.add(ofEach("sqrt", type -> DOUBLE, INT, DOUBLE));
        for (String question : List.of("isNaN", "isInf", "isFinite")) {
            declared.add(ofEach(question, type -> SimpleType.BOOL, DOUBLE));
        }
        declared.addAll(texts());
        declared.addAll(times());
        return declared;
    }

    /** A function of one number. */
    private static CelFunctionDecl ofEach(String name, UnaryOperator<CelType> result, CelType... types) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (CelType type : types) {
            overloads.add(global("math_" + name + "_" + shown(type), result.apply(type), type));
        }
        return function("math." + name, overloads);
    }

    /** A type in the name of a signature; CEL's moments and durations are called {@code google.protobuf.Timestamp}. */
    private static String shown(CelType type) {
        return type.name().substring(type.name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static List<CelOverloadDecl> extremes(String id) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (CelType type : CelTypes.ORDERED) {
            overloads.add(global(id + "_two_" + shown(type), type, type, type));
            overloads.add(global(id + "_list_" + shown(type), type, ListType.create(type)));
        }
        overloads.add(global(id + "_two_int_double", DOUBLE, INT, DOUBLE));
        overloads.add(global(id + "_two_double_int", DOUBLE, DOUBLE, INT));
        overloads.add(global(id + "_two_int_decimal", CelTypes.DECIMAL, INT, CelTypes.DECIMAL));
        overloads.add(global(id + "_two_decimal_int", CelTypes.DECIMAL, CelTypes.DECIMAL, INT));
        return overloads;
    }

    private static List<CelFunctionDecl> texts() {
        return List.of(
                function("lower", List.of(member("string_lower", STRING, STRING))),
                function("upper", List.of(member("string_upper", STRING, STRING))),
                function("regex.extract", List.of(global("regex_extract", STRING, STRING, STRING))),
                function(
                        "regex.extractAll",
                        List.of(global("regex_extract_all", ListType.create(STRING), STRING, STRING))),
                function("regex.replace", List.of(global("regex_replace", STRING, STRING, STRING, STRING))),
                function(
                        "sha256",
                        List.of(
                                global("sha256_string", STRING, STRING),
                                global("sha256_bytes", STRING, SimpleType.BYTES))));
    }

    private static List<CelFunctionDecl> times() {
        return List.of(
                function(
                        "format",
                        List.of(
                                member("timestamp_format", STRING, TIMESTAMP, STRING),
                                member("timestamp_format_with_tz", STRING, TIMESTAMP, STRING, STRING),
                                member("date_format", STRING, CelTypes.DATE, STRING))),
                function(
                        "truncate",
                        List.of(
                                member("timestamp_truncate", TIMESTAMP, TIMESTAMP, STRING),
                                member("timestamp_truncate_with_tz", TIMESTAMP, TIMESTAMP, STRING, STRING))),
                function(
                        "timestamp",
                        List.of(
                                global("string_pattern_to_timestamp", TIMESTAMP, STRING, STRING),
                                global("string_pattern_to_timestamp_with_tz", TIMESTAMP, STRING, STRING, STRING))),
                function(
                        "date",
                        List.of(
                                global("string_to_date", CelTypes.DATE, STRING),
                                global("timestamp_to_date", CelTypes.DATE, TIMESTAMP),
                                global("timestamp_to_date_with_tz", CelTypes.DATE, TIMESTAMP, STRING))),
                function("fromMillis", List.of(global("millis_to_timestamp", TIMESTAMP, INT))));
    }
}
