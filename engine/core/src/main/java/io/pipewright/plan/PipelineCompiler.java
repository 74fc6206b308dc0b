package io.pipewright.plan;

import io.pipewright.definition.DefinitionReader;
import io.pipewright.definition.Reading;
import io.pipewright.definition.RuntimeOptions;
import io.pipewright.definition.SecretText;
import io.pipewright.definition.ShownPipeline;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.Mask;
import io.pipewright.expression.ExpressionChecker;
import io.pipewright.schema.DocumentValidator;
import io.pipewright.schema.OptionsModel;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.schema.ValidDocument;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.DocumentEdit;
import io.pipewright.yaml.DocumentOverlay;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * From the bytes of a pipeline's file to its planned graph: the one way that {@code validate}, {@code run} and a
 * submission all take.
 */
public final class PipelineCompiler {

    private final PluginCatalog plugins;
    private final DocumentValidator validator;

    /** Ends when what checks expressions has been loaded, which goes on while the first file is read. */
    private final CompletableFuture<Void> expressions = prepare();

    public PipelineCompiler(PluginCatalog plugins) {
        this.plugins = plugins;
        this.validator = new DocumentValidator(plugins, OptionsModel.of(RuntimeOptions.class));
    }

    /**
     * Loads in another thread what takes long to be loaded; a program that knows that it will compile calls it before
     * anything else. What is loaded already takes no time.
     */
    public static CompletableFuture<Void> prepare() {
        return CompletableFuture.runAsync(ExpressionChecker::load);
    }

    /**
     * Reads, checks and plans.
     *
     * @param file the name to show in findings
     * @param settings what {@code --set} gave, each {@code path=value}, in order
     */
    public Checked<LogicalGraph> compile(
            String file, byte[] content, List<String> settings, Surroundings surroundings) {
        return compile(new PipelineInput(new PipelineInput.TextFile(file, content), List.of(), settings), surroundings);
    }

    /** Reads, merges, checks and plans; what is wrong with the merged pipeline is told where it was written. */
    public Checked<LogicalGraph> compile(PipelineInput input, Surroundings surroundings) {
        return check(input, surroundings, (valid, graph) -> graph);
    }

    /**
     * The pipeline as YAML, after overlays and settings, with the values of references where they are known and with
     * secrets as dots; checked as by {@link #compile}.
     */
    public Checked<String> show(PipelineInput input, Surroundings surroundings) {
        return check(
                input,
                surroundings,
                (valid, graph) -> ShownPipeline.yaml(
                        valid, graph.definition(), validator.expressions(valid.document()), surroundings));
    }

    private <R> Checked<R> check(
            PipelineInput input, Surroundings surroundings, BiFunction<ValidDocument, LogicalGraph, R> result) {
        Set<ScalarNode> secrets = Collections.newSetFromMap(new IdentityHashMap<>());
        Checked<Document> merged = merge(input, secrets);
        Checked<ValidDocument> valid = merged.then(validator::validate);
        Checked<R> checked =
                valid.value().isEmpty() ? Checked.failed(valid.diagnostics()) : read(valid, surroundings, result);
        merged.value().map(validator::secrets).ifPresent(secrets::addAll);
        return maskOf(secrets).apply(checked);
    }

    private static Mask maskOf(Set<ScalarNode> secrets) {
        Mask mask = new Mask();
        for (ScalarNode secret : secrets) {
            if (SecretText.of(secret).isLiteral()) {
                mask.hide(secret.span(), secret.text());
            }
        }
        return mask;
    }

    /**
     * What is made of the graph; if anything is wrong, what two readings of the pipeline both find. They also differ in
     * what only the environment knows, so what just one of them finds there is no mistake.
     */
    private <R> Checked<R> read(
            Checked<ValidDocument> document,
            Surroundings surroundings,
            BiFunction<ValidDocument, LogicalGraph, R> result) {
        ValidDocument valid = document.value().orElseThrow();
        Checked<Planner.Plans> first = read(valid, surroundings, Reading.FIRST);
        if (!document.hasErrors() && first.diagnostics().all().isEmpty()) {
            return document.then(same -> first).map(plans -> result.apply(valid, plans.graph()));
        }
        Checked<Planner.Plans> second = read(valid, surroundings, Reading.SECOND);
        Diagnostics told = document.diagnostics().plus(first.diagnostics().in(second.diagnostics()));
        Checked<Planner.Plans> sound = first.hasErrors() ? second : first;
        if (told.hasErrors() || sound.hasErrors()) {
            return Checked.failed(told.hasErrors() ? told : first.diagnostics());
        }
        return Checked.of(result.apply(valid, sound.value().orElseThrow().graph()), told);
    }

    private Checked<Planner.Plans> read(ValidDocument valid, Surroundings surroundings, Reading reading) {
        expressions.join();
        return new DefinitionReader(plugins, surroundings, reading).read(valid).then(new Planner(plugins)::plan);
    }

    /**
     * The file with its overlays and settings; syntax errors of all files are found together.
     *
     * @param secrets takes the secrets of all files, also those that others replace
     */
    private Checked<Document> merge(PipelineInput input, Set<ScalarNode> secrets) {
        DiagnosticCollector findings = new DiagnosticCollector();
        Document base = findings.take(read(input.file()));
        if (base != null) {
            secrets.addAll(validator.secrets(base));
        }
        List<Document> overlays = new ArrayList<>();
        for (PipelineInput.TextFile file : input.overlays()) {
            Document overlay = findings.take(read(file));
            if (overlay != null) {
                secrets.addAll(validator.secrets(overlay));
                overlays.add(overlay);
            }
        }
        if (base == null || overlays.size() < input.overlays().size()) {
            return Checked.failed(findings.diagnostics());
        }
        Document document = base;
        for (Document overlay : overlays) {
            document = Objects.requireNonNull(findings.take(DocumentOverlay.apply(document, overlay)));
        }
        for (String setting : input.settings()) {
            Document changed = findings.take(DocumentEdit.set(document, "--set", setting));
            document = changed == null ? document : changed;
        }
        return findings.with(document);
    }

    private static Checked<Document> read(PipelineInput.TextFile file) {
        return YamlReader.read(file.name(), file.content());
    }
}
