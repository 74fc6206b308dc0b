package io.pipewright.stages;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.flink.JobFailure;
import io.pipewright.flink.JobRunner;
import io.pipewright.flink.LocalJob;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes the text of a pipeline the whole way, with the stages of this module. */
public final class PipelineRun {

    private PipelineRun() {}

    /** The planned pipeline, or what is wrong with it. */
    public static Checked<LogicalGraph> compile(String yaml) {
        return compile(yaml, Surroundings.DEFAULT_SECRETS);
    }

    private static Checked<LogicalGraph> compile(String yaml, Path secrets) {
        Surroundings surroundings = new Surroundings(Path.of("."), Map.of(), true, secrets);
        PluginCatalog plugins = PluginCatalog.load(PipelineRun.class.getClassLoader());
        return new PipelineCompiler(plugins)
                .compile("pipeline.yaml", yaml.getBytes(StandardCharsets.UTF_8), List.of(), surroundings);
    }

    /** The messages of the findings. */
    public static List<String> findings(String yaml) {
        List<String> texts = new ArrayList<>();
        compile(yaml).diagnostics().forEach(found -> texts.add(found.code() + ": " + found.message()));
        return texts;
    }

    /** Starts it on a Flink in this process. */
    public static LocalJob start(String yaml, Path folder) throws JobFailure {
        Checked<LogicalGraph> compiled = compile(yaml);
        if (compiled.diagnostics().hasErrors()) {
            throw new AssertionError(findings(yaml).toString());
        }
        return JobRunner.runHere(compiled.orElseThrow(), List.of(), folder, 0);
    }

    /** Runs a bounded one to its end. */
    public static void finish(String yaml, Path folder) throws JobFailure {
        try (LocalJob job = start(yaml, folder)) {
            job.await();
        }
    }

    /** Runs a bounded one to its end, with its secrets in a folder. */
    public static void finish(String yaml, Path folder, Path secrets) throws JobFailure {
        Checked<LogicalGraph> compiled = compile(yaml, secrets);
        try (LocalJob job = JobRunner.runHere(compiled.orElseThrow(), List.of(), folder, 0)) {
            job.await();
        }
    }
}
