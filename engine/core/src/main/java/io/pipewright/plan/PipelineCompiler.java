package io.pipewright.plan;

import io.pipewright.definition.DefinitionReader;
import io.pipewright.definition.RuntimeOptions;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.schema.DocumentValidator;
import io.pipewright.schema.OptionsModel;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.DocumentEdit;
import io.pipewright.yaml.YamlReader;
import java.util.List;

/**
 * From the bytes of a pipeline's file to its planned graph: the one way that {@code validate}, {@code run} and a
 * submission all take.
 */
public final class PipelineCompiler {

    private final PluginCatalog plugins;

    public PipelineCompiler(PluginCatalog plugins) {
        this.plugins = plugins;
    }

    /**
     * Reads, checks and plans.
     *
     * @param file the name to show in findings
     * @param settings what {@code --set} gave, each {@code path=value}, in order
     */
    public Checked<LogicalGraph> compile(
            String file, byte[] content, List<String> settings, Surroundings surroundings) {
        Checked<Document> document = YamlReader.read(file, content);
        for (String setting : settings) {
            document = document.then(before -> DocumentEdit.set(before, "--set", setting));
        }
        return document.then(
                        read -> new DocumentValidator(plugins, OptionsModel.of(RuntimeOptions.class)).validate(read))
                .then(valid -> new DefinitionReader(plugins, surroundings).read(valid))
                .then(definition -> new Planner(plugins).plan(definition));
    }
}
