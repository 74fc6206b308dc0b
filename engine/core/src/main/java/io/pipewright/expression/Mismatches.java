package io.pipewright.expression;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One sentence for an operator or function that does not take the types it was given. */
final class Mismatches {

    static final String CONVERT = "use values that fit, or convert one, as with `double(…)` or `string(…)`.";

    private static final Set<String> COMPARISONS = Set.of("_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_");

    private Mismatches() {}

    static String message(String function, String shown, List<String> types) {
        if (types.size() == 2 && COMPARISONS.contains(function)) {
            return "`" + shown + "` does not compare " + quoted(types.get(0)) + " with " + quoted(types.get(1)) + ".";
        }
        return switch (function) {
            case "_&&_", "_||_" -> "`" + shown + "` joins two conditions, not " + and(types) + ".";
            case "!_" -> "`!` turns a condition round, not " + and(types) + ".";
            case "_?_:_" -> choice(types);
            case "@in" -> "`in` does not look for " + quoted(types.get(0)) + " in " + quoted(types.get(1)) + ".";
            case "orElse" -> "`orElse` takes two values of one type, not " + and(types) + ".";
            case "_[_]" -> quoted(types.get(0)) + " has no `[ ]` with " + quoted(types.get(1)) + " inside.";
            default -> function.contains("_") && !Character.isLetter(function.charAt(0))
                    ? "`" + shown + "` does not take " + and(types) + "."
                    : called(shown, types);
        };
    }

    /** Which operand should be a condition and is none, if that is what does not fit. */
    static Optional<Integer> notACondition(String function, List<String> types) {
        List<String> conditions =
                switch (function) {
                    case "_&&_", "_||_", "!_" -> types;
                    case "_?_:_" -> types.subList(0, 1);
                    default -> List.of();
                };
        return IntStream.range(0, conditions.size())
                .filter(i -> !conditions.get(i).equals("boolean"))
                .boxed()
                .findFirst();
    }

    private static String choice(List<String> types) {
        return types.get(0).equals("boolean")
                ? "The two values of `? :` are of different types, " + and(types.subList(1, 3)) + "."
                : "What stands before `?` is a condition, not " + quoted(types.get(0)) + ".";
    }

    private static String called(String shown, List<String> types) {
        return types.isEmpty()
                ? "`" + shown + "` needs an argument."
                : "`" + shown + "` does not take " + and(types) + ".";
    }

    static String hint(String function, List<String> types) {
        if (types.contains("decimal") && types.contains("double")) {
            return "make both decimals with `decimal(…)`.";
        }
        if (types.contains("string") && (types.contains("int") || types.contains("double"))) {
            return function.equals("_+_")
                    ? "make the number a text with `string(…)`."
                    : "compare numbers with numbers; a text in quotes is no number.";
        }
        if (types.contains("string") && types.contains("timestamp")) {
            return "write a moment as `timestamp(\"2026-01-31T12:00:00Z\")`.";
        }
        if (types.contains("duration") && (types.contains("int") || types.contains("string"))) {
            return "write a duration as `duration(\"10s\")`.";
        }
        if (notACondition(function, types).isPresent()) {
            return "write a condition, such as `seconds > 0`.";
        }
        return CONVERT;
    }

    private static String and(List<String> types) {
        List<String> quoted = types.stream().map(Mismatches::quoted).toList();
        if (quoted.size() < 2) {
            return String.join("", quoted);
        }
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " and " + quoted.get(quoted.size() - 1);
    }

    private static String quoted(String type) {
        return "`" + type + "`";
    }
}
