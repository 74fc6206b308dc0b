package io.pipewright.definition;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.spi.type.Scalar;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.ScalarNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code vars} block: typed values that options use as text and expressions as {@code vars.name}. */
final class VarsReader {

    private final Interpolation interpolation;
    private final Reading reading;
    private final DiagnosticCollector problems;

    VarsReader(Interpolation interpolation, Reading reading, DiagnosticCollector problems) {
        this.reading = reading;
        this.interpolation = interpolation;
        this.problems = problems;
    }

    /** The variables, each also defined for the references that follow. */
    Map<String, VarDefinition> read(MappingNode block) {
        Map<String, VarDefinition> vars = new LinkedHashMap<>();
        for (MappingNode.Entry entry : block.entries()) {
            VarDefinition var = var(entry);
            if (var == null) {
                interpolation.spoil(entry.key());
                vars.put(entry.key(), standIn(entry.key()));
            } else {
                vars.put(entry.key(), var);
                interpolation.define(entry.key(), var.text());
            }
        }
        return vars;
    }

    private @Nullable VarDefinition var(MappingNode.Entry entry) {
        return entry.value() instanceof MappingNode node
                        && node.get("type").orElse(null) instanceof ScalarNode type
                        && node.get("default").orElse(null) instanceof ScalarNode value
                ? var(entry.key(), type.text(), value)
                : null;
    }

    private VarDefinition standIn(String name) {
        return reading.pick(
                new VarDefinition(name, "", Scalar.STRING, ""), new VarDefinition(name, "", Scalar.LONG, 1L));
    }

    private @Nullable VarDefinition var(String name, String type, ScalarNode node) {
        int before = problems.size();
        Optional<String> text = interpolation.resolve(node);
        if (text.isEmpty() && problems.size() > before) {
            return null;
        }
        try {
            return value(name, type, text.orElse(""), text.isEmpty());
        } catch (Literals.LiteralException e) {
            problems.error("bad-literal", node.span(), e.sentence(), e.hint());
        } catch (NumberFormatException | DateTimeParseException e) {
            problems.error(
                    "bad-literal",
                    node.span(),
                    "`" + text.orElse("") + "` is no `" + type + "`.",
                    "write a value of that type, or change `type`.");
        }
        return null;
    }

    private static VarDefinition value(String name, String type, String text, boolean open)
            throws Literals.LiteralException {
        if (open) {
            return new VarDefinition(name, "${var:" + name + "}", Scalar.STRING, "");
        }
        return switch (type) {
            case "duration" -> new VarDefinition(name, text, Scalar.DURATION, Literals.duration(text));
            case "rate" -> new VarDefinition(
                    name, text, Scalar.STRING, Literals.rate(text).count() > 0 ? text : "");
            case "size" -> new VarDefinition(
                    name, text, Scalar.LONG, Literals.size(text).bytes());
            case "boolean" -> new VarDefinition(name, text, Scalar.BOOLEAN, Boolean.valueOf(text));
            case "int", "long" -> new VarDefinition(name, text, Scalar.LONG, Long.valueOf(text));
            case "double" -> new VarDefinition(name, text, Scalar.DOUBLE, Double.valueOf(text));
            case "decimal" -> new VarDefinition(name, text, Scalar.DECIMAL, Literals.decimal(text));
            case "timestamp" -> new VarDefinition(name, text, Scalar.TIMESTAMP, Instant.parse(text));
            case "date" -> new VarDefinition(name, text, Scalar.DATE, LocalDate.parse(text));
            default -> new VarDefinition(name, text, Scalar.STRING, text);
        };
    }
}
