package io.pipewright.expression;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** CEL's names of types as a pipeline's author knows them. */
final class TypeNames {

    /** What CEL calls types where they are values, which they are not here. */
    static final Set<String> OF_CEL =
            Set.of("bool", "bytes", "double", "dyn", "int", "list", "map", "null_type", "string", "type", "uint");

    private TypeNames() {}

    /** The type of an expression; its integers are CEL's {@code int}. */
    static String ofValue(DataType type) {
        return type == Scalar.LONG ? "int" : type.text();
    }

    /** For example {@code list<Event>} for {@code list(Event#1)}. */
    static String shown(String type) {
        String name = type.strip();
        int open = name.indexOf('(');
        if (open > 0 && name.endsWith(")")) {
            List<String> parts = split(name.substring(open + 1, name.length() - 1));
            String outer = name.substring(0, open);
            return outer.equals("wrapper")
                    ? shown(parts.get(0))
                    : outer + "<"
                            + String.join(
                                    ",", parts.stream().map(TypeNames::shown).toList()) + ">";
        }
        int number = name.indexOf('#');
        return switch (name) {
            case "bool" -> "boolean";
            case "google.protobuf.Timestamp", "timestamp" -> "timestamp";
            case "google.protobuf.Duration", "duration" -> "duration";
            case "null_type", "null" -> "null";
            default -> name.startsWith("%") ? "anything" : number > 0 ? name.substring(0, number) : name;
        };
    }

    /** The types of {@code (int, string)}, or of a method's {@code string.(int)}, as an author knows them. */
    static List<String> list(String applied) {
        int method = methodDot(applied);
        List<String> types = new ArrayList<>();
        String arguments = applied;
        if (method >= 0) {
            types.add(shown(applied.substring(0, method)));
            arguments = applied.substring(method + 1);
        }
        String inner = arguments.startsWith("(") ? arguments.substring(1, arguments.length() - 1) : arguments;
        split(inner).stream()
                .filter(part -> !part.isBlank())
                .map(TypeNames::shown)
                .forEach(types::add);
        return types;
    }

    private static int methodDot(String applied) {
        return applied.startsWith("(") ? -1 : applied.indexOf(".(");
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
