package io.pipewright.definition;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.schema.OptionModel;
import io.pipewright.schema.OptionShape;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a scalar as what an option wants, and reports one that is not it. */
final class ScalarBinder {

    private final Interpolation interpolation;
    private final Surroundings surroundings;
    private final DeclaredNames names;
    private final DiagnosticCollector problems;
    private final SecretBinder secrets;

    ScalarBinder(
            Interpolation interpolation, Surroundings surroundings, DeclaredNames names, DiagnosticCollector problems) {
        this.interpolation = interpolation;
        this.surroundings = surroundings;
        this.names = names;
        this.problems = problems;
        this.secrets = new SecretBinder(interpolation, surroundings.secrets(), problems);
    }

    /** The value, or null if there is none, which is reported. */
    @Nullable
    Object leaf(OptionShape.Leaf leaf, ScalarNode node, String path) {
        if (leaf == OptionShape.Leaf.EXPRESSION) {
            return new Expression(node.text(), path);
        }
        if (leaf == OptionShape.Leaf.SECRET) {
            return secrets.bind(node);
        }
        int before = problems.size();
        Optional<String> text = interpolation.resolve(node);
        if (text.isEmpty()) {
            return problems.size() > before ? null : open(leaf, node, path);
        }
        try {
            return value(leaf, text.get(), node, path);
        } catch (Literals.LiteralException e) {
            problems.error("bad-literal", node.span(), e.sentence(), e.hint());
            return null;
        }
    }

    private @Nullable Object value(OptionShape.Leaf leaf, String text, ScalarNode node, String path)
            throws Literals.LiteralException {
        return switch (leaf) {
            case STRING -> text(text, node);
            case BOOLEAN -> bool(text, node);
            case INT -> integer(text, node, Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .map(Long::intValue)
                    .orElse(null);
            case LONG -> integer(text, node, Long.MIN_VALUE, Long.MAX_VALUE).orElse(null);
            case DOUBLE -> number(text, node);
            case DURATION -> Literals.duration(text);
            case DIFFERENCE -> Literals.difference(text);
            case RATE -> Literals.rate(text);
            case SIZE -> Literals.size(text);
            case TIMES -> Literals.times(text);
            case TIMESTAMP -> instant(text, node);
            case EXPRESSION -> new Expression(text, path);
            case PORT -> new PortRef(text, path);
            case RECORD -> named(names.records(), "record", "Records", text, node) ? new RecordRef(text, path) : null;
            case CONNECTION -> named(names.connections(), "connection", "Connections", text, node)
                    ? new ConnectionRef(text, path)
                    : null;
            case FILE -> file(text, node, path);
            case SECRET -> Secret.of(text);
        };
    }

    /** What stands in for a value that only the environment knows, so that the rest can be checked. */
    private @Nullable Object open(OptionShape.Leaf leaf, ScalarNode node, String path) {
        return switch (leaf) {
            case STRING -> node.text();
            case FILE -> new FileRef(node.text(), "", path);
            case EXPRESSION, PORT, RECORD, CONNECTION -> null;
            default -> names.reading().value(leaf, path);
        };
    }

    @Nullable
    Object choice(OptionShape.Choice choice, ScalarNode node) {
        int before = problems.size();
        Optional<String> text = interpolation.resolve(node);
        if (text.isEmpty()) {
            return problems.size() > before ? null : choice.type().getEnumConstants()[0];
        }
        int index = choice.values().indexOf(text.get());
        if (index < 0) {
            problems.error(
                    "bad-value",
                    node.span(),
                    "`" + text.get() + "` is not possible here.",
                    Suggest.hint(text.get(), "Values", choice.values()));
            return null;
        }
        return choice.type().getEnumConstants()[index];
    }

    /** Whether a value is neither less nor more than its option takes; one that is, is reported. */
    boolean isInRange(OptionModel option, Object value, Node node) {
        String least = option.leastText();
        String most = option.mostText();
        if (!least.isEmpty() && compare(value, least) < 0) {
            outOfRange(option, "`" + least + "` or more", value instanceof Duration ? "longer" : "larger", node);
            return false;
        }
        if (!most.isEmpty() && compare(value, most) > 0) {
            outOfRange(option, "`" + most + "` or less", value instanceof Duration ? "shorter" : "smaller", node);
            return false;
        }
        return true;
    }

    private void outOfRange(OptionModel option, String range, String which, Node node) {
        String name = option.name();
        String otherwise = option.required() ? "" : ", or leave `" + name + "` out";
        String byDefault = option.defaultText() == null ? "" : " for `" + option.defaultText() + "`";
        problems.error(
                "out-of-range",
                node.span(),
                "`" + name + "` must be " + range + ".",
                "write a " + which + " one" + otherwise + byDefault + ".");
    }

    private static int compare(Object value, String bound) {
        try {
            return value instanceof Duration duration
                    ? duration.compareTo(Literals.duration(bound))
                    : Long.compare(((Number) value).longValue(), Long.parseLong(bound));
        } catch (Literals.LiteralException e) {
            throw new IllegalStateException("The bound of an option is no value: " + bound, e);
        }
    }

    /** No name of a file, topic or table may hold the null character, which only an escape or a file can bring here. */
    private @Nullable String text(String text, ScalarNode node) {
        if (text.indexOf('\0') < 0) {
            return text;
        }
        problems.error(
                "control-character",
                node.span(),
                "This text has the null character U+0000 in it.",
                "remove it; no path, name or server takes it.");
        return null;
    }

    private @Nullable Boolean bool(String text, ScalarNode node) {
        if (Set.of("true", "false").contains(text)) {
            return Boolean.valueOf(text);
        }
        return wrong(node, "`" + text + "` is no boolean.", "write `true` or `false`.");
    }

    private Optional<Long> integer(String text, ScalarNode node, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return Optional.of(value);
            }
        } catch (NumberFormatException e) {
            // reported below, with numbers that are too wide
        }
        problems.error(
                "bad-literal",
                node.span(),
                "`" + text + "` is not a whole number that fits here.",
                "write digits alone, such as `10`, and less of them if the number is large.");
        return Optional.empty();
    }

    private @Nullable Double number(String text, ScalarNode node) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        return wrong(node, "`" + text + "` is not a number.", "write for example `0.5`.");
    }

    private @Nullable Instant instant(String text, ScalarNode node) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return wrong(node, "`" + text + "` is not a time.", "write for example `2026-01-31T08:00:00Z`.");
        }
    }

    private <T> @Nullable T wrong(ScalarNode node, String message, String hint) {
        problems.error("bad-literal", node.span(), message, hint);
        return null;
    }

    private boolean named(@Nullable Set<String> valid, String what, String heading, String text, ScalarNode node) {
        if (valid == null || valid.contains(text)) {
            return true;
        }
        problems.error(
                "unknown-" + what,
                node.span(),
                "There is no " + what + " `" + text + "`.",
                Suggest.hint(text, heading, valid));
        return false;
    }

    private @Nullable FileRef file(String name, ScalarNode node, String path) {
        Surroundings.FileText file = surroundings.read(name);
        if (file.problem() != null) {
            problems.error("unreadable-file", node.span(), file.problem(), file.hint());
            return null;
        }
        return new FileRef(name, file.text(), path);
    }
}
