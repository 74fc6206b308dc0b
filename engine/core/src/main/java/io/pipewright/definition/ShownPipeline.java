package io.pipewright.definition;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.schema.ValidDocument;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.ScalarStyle;
import io.pipewright.yaml.YamlWriter;
import java.util.Set;

/**
 * A pipeline as its author may see it before it runs: what overlays and settings made of it, with the values of
 * references in their place where they are known, and secrets as dots.
 */
public final class ShownPipeline {

    private final ValidDocument document;
    private final Set<ScalarNode> expressions;
    private final Interpolation interpolation;

    private ShownPipeline(ValidDocument document, Set<ScalarNode> expressions, Interpolation interpolation) {
        this.document = document;
        this.expressions = expressions;
        this.interpolation = interpolation;
    }

    /**
     * The YAML text of a pipeline without errors.
     *
     * @param expressions the scalars that are expressions, in which nothing is replaced
     */
    public static String yaml(
            ValidDocument document,
            PipelineDefinition definition,
            Set<ScalarNode> expressions,
            Surroundings surroundings) {
        Interpolation interpolation = new Interpolation(surroundings, new DiagnosticCollector());
        definition.vars().forEach((name, var) -> {
            boolean secret = document.document()
                    .find("/vars/" + name + "/default")
                    .filter(document.secrets()::contains)
                    .isPresent();
            boolean open = var.text().equals("${var:" + name + "}");
            if (!secret && !open) {
                interpolation.define(name, var.text());
            }
        });
        ShownPipeline shown = new ShownPipeline(document, expressions, interpolation);
        return YamlWriter.write(document.document(), shown::scalar);
    }

    private ScalarNode scalar(ScalarNode written) {
        if (document.secrets().contains(written)) {
            return with(written, SecretText.of(written).shown());
        } else if (expressions.contains(written) || !Interpolation.hasReference(written)) {
            return written;
        }
        return with(written, interpolation.replaceKnown(written));
    }

    /** A changed text is not quoted more than it needs: what was a reference in quotes may be a number now. */
    private static ScalarNode with(ScalarNode written, String text) {
        boolean block = written.style() == ScalarStyle.LITERAL || written.style() == ScalarStyle.FOLDED;
        return text.equals(written.text())
                ? written
                : block
                        ? new ScalarNode(text, written.style(), written.kind(), written.span())
                        : ScalarNode.plain(text, written.span());
    }
}
