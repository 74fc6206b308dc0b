package io.pipewright.app;

import io.pipewright.definition.RuntimeOptions;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.schema.DocumentValidator;
import io.pipewright.schema.OptionsModel;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.yaml.CanonicalRules;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.YamlFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Formats files of pipelines, of their tests, and others that are YAML of the same kind. */
final class PipelineFormatter {

    /** Loads the plugins, and so is made when the first pipeline comes. */
    private @Nullable DocumentValidator validator;

    /**
     * What became of a file.
     *
     * @param text its canonical form, absent if there is none
     * @param findings why there is none
     * @param fault why there is none, if that is a fault of ours
     */
    record Result(Optional<String> text, Diagnostics findings, Optional<String> fault) {}

    Result format(String file, byte[] bytes) {
        try {
            Checked<String> text = YamlFormatter.format(file, bytes, this::rules);
            return new Result(text.hasErrors() ? Optional.empty() : text.value(), text.diagnostics(), Optional.empty());
        } catch (IllegalStateException e) {
            String sentence = e.getMessage() + " It was left as it is. This is a fault of Pipewright's own: please"
                    + " report it with the file.";
            return new Result(Optional.empty(), Diagnostics.none(), Optional.of(sentence));
        }
    }

    private Checked<CanonicalRules> rules(Document document) {
        String version = document.root().text("apiVersion").orElse("");
        return version.startsWith("pipeline/")
                ? validator().canonicalRules(document)
                : Checked.of(CanonicalRules.LAYOUT_ONLY);
    }

    private DocumentValidator validator() {
        if (validator == null) {
            validator = new DocumentValidator(PluginCatalog.load(), OptionsModel.of(RuntimeOptions.class));
        }
        return validator;
    }
}
