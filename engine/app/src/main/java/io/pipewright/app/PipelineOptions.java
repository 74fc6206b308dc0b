package io.pipewright.app;

import io.pipewright.app.casefile.CaseFile;
import io.pipewright.app.casefile.CaseSuite;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.diagnostic.Severity;
import io.pipewright.diagnostic.VisibleText;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.plan.PipelineInput.TextFile;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags of every command that reads a pipeline. */
final class PipelineOptions {

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Changes a variable (volumeWindow=1m) or an option"
                    + " (stages.volumes.window.size=1m) for this run. May be repeated.")
    List<String> settings = new ArrayList<>();

    @Option(
            names = "--overlay",
            paramLabel = "FILE",
            description = "Lays a file over the pipeline's: it may add, change or, with null, remove any key."
                    + " May be repeated; --set comes after it.")
    List<Path> overlays = new ArrayList<>();

    @Option(
            names = "--secrets",
            paramLabel = "DIR",
            description = "The folder of the files that $${secret:name} means, the same on every machine that uses"
                    + " them (${DEFAULT-VALUE}).")
    Path secrets = Surroundings.DEFAULT_SECRETS;

    @Option(names = "--strict", description = "Warnings count as errors.")
    boolean strict;

    /** Compiles a pipeline, prints its findings, and gives the graph; fails if there are errors. */
    LogicalGraph load(Path file, boolean strictEnvironment, Map<String, String> environment, PrintWriter err) {
        Checked<LogicalGraph> compiled = compile(file, strictEnvironment, environment);
        print(compiled.diagnostics(), err);
        if (fails(compiled.diagnostics())) {
            throw new CommandFailure(ExitCode.FINDINGS, summary(file, compiled.diagnostics()));
        }
        return compiled.orElseThrow();
    }

    Checked<LogicalGraph> compile(Path file, boolean strictEnvironment, Map<String, String> environment) {
        return compile(compiler(), file, strictEnvironment, environment);
    }

    /** The same with a compiler that compiles other files too. */
    Checked<LogicalGraph> compile(
            PipelineCompiler compiler, Path file, boolean strictEnvironment, Map<String, String> environment) {
        return compiler.compile(input(file), surroundings(file, strictEnvironment, environment));
    }

    /** The pipeline as YAML, after overlays and settings. */
    Checked<String> show(Path file, Map<String, String> environment) {
        return compiler().show(input(file), surroundings(file, false, environment));
    }

    static PipelineCompiler compiler() {
        return new PipelineCompiler(PluginCatalog.load());
    }

    /** The cases of a file with their pipeline; {@code folder} is that of the file. */
    Checked<CaseSuite> suite(
            CaseFile cases, Path folder, Map<String, String> environment, CaseSuite.Compilers compilers) {
        Path pipeline = beside(folder, cases.pipeline().text());
        if (Files.isDirectory(pipeline) || !Files.exists(pipeline)) {
            String name = "`" + cases.pipeline().text() + "`";
            return Checked.failed(Diagnostics.of(Diagnostic.error(
                    "unreadable-file",
                    cases.pipeline().span(),
                    Files.isDirectory(pipeline) ? name + " is a folder." : "There is no file " + name + ".",
                    "name the pipeline's file; its path is relative to the folder of this one.")));
        }
        return CaseSuite.of(cases, folder, input(pipeline), surroundings(pipeline, false, environment), compilers);
    }

    private static Path beside(Path folder, String name) {
        try {
            Path here = Path.of("").toAbsolutePath();
            Path file = folder.resolve(name).normalize();
            return file.startsWith(here) ? here.relativize(file) : file;
        } catch (InvalidPathException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + name + "` cannot be the name of a file. Correct `pipeline`.");
        }
    }

    private Surroundings surroundings(Path file, boolean strictEnvironment, Map<String, String> environment) {
        return new Surroundings(folder(file), environment, strictEnvironment, secrets);
    }

    /** The folder of a file. */
    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("/") : folder;
    }

    private PipelineInput input(Path file) {
        return new PipelineInput(
                text(file, "pipeline"),
                overlays.stream().map(overlay -> text(overlay, "overlay")).toList(),
                settings);
    }

    boolean fails(Diagnostics diagnostics) {
        return diagnostics.hasErrors() || (strict && !diagnostics.isEmpty());
    }

    static void print(Diagnostics diagnostics, PrintWriter out) {
        diagnostics.forEach(diagnostic -> out.println(new PrettyFormatter().format(diagnostic)));
        out.flush();
    }

    static String summary(Path file, Diagnostics diagnostics) {
        return summary(file.toString(), diagnostics);
    }

    /** How many findings there are in {@code what}. */
    static String summary(String what, Diagnostics diagnostics) {
        long errors = diagnostics.count(Severity.ERROR);
        long warnings = diagnostics.count(Severity.WARNING);
        return VisibleText.of(what) + ": " + plural(errors, "error") + ", " + plural(warnings, "warning") + ".";
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** A file's bytes; {@code what} says in messages which one was wanted. */
    static TextFile text(Path file, String what) {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.USAGE, "`" + file + "` is a folder. Name the " + what + "'s file.");
        }
        if (!Files.exists(file)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "There is no file `" + file + "`. Check the path of the " + what + ".");
        }
        try {
            return new TextFile(file.toString(), PipelineFiles.read(file));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "`" + file + "` cannot be read. Check its permissions.");
        }
    }
}
