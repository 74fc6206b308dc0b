package io.pipewright.app;

import io.pipewright.app.casefile.CaseFile;
import io.pipewright.app.casefile.CaseFixer;
import io.pipewright.app.casefile.CaseSuite;
import io.pipewright.app.casefile.JunitReport;
import io.pipewright.app.casefile.Results;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.VisibleText;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.testkit.PortProbes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code test}: the cases that stand beside pipelines, in virtual time. */
@Command(
        name = "test",
        description = {
            "Runs the tests of pipelines in virtual time, with their sources and sinks replaced.",
            "Ends with 1 if a case fails or a file has errors."
        },
        footer = {"", "Example: pipewright test pipelines --filter callback"})
final class TestCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|FOLDER",
            description =
                    "Files of cases, or pipelines with one beside them (x.test.yaml beside x.yaml), or folders: of"
                            + " these all files *.test.yaml below them.")
    List<Path> files = List.of();

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Option(names = "--filter", paramLabel = "TEXT", description = "Runs only the cases whose names contain the text.")
    String filter = "";

    @Option(
            names = "--fix",
            description =
                    "Writes what came out into the file, in the place of what was expected. The cases fail all the"
                            + " same; look at what has changed.")
    boolean fix;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Also writes a report in the form of JUnit's, for servers of continuous integration.")
    @Nullable
    Path junit;

    @Option(
            names = "--pipelines-only",
            description =
                    "Passes over files that are neither cases nor pipelines with cases. For hooks, which are given"
                            + " all YAML files.")
    boolean pipelinesOnly;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    private final JunitReport report = new JunitReport();
    private int exitCode = ExitCode.FINE;
    private int count;
    private int failed;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Set<Path> tests = CaseFiles.among(files, pipelinesOnly);
        if (tests.isEmpty() && !pipelinesOnly) {
            throw new CommandFailure(ExitCode.USAGE, "There is no file `*.test.yaml` below `" + files.get(0) + "`.");
        }
        CaseSuite.Compilers compilers = tests.isEmpty() ? null : compilers();
        for (Path file : tests) {
            try {
                test(file, Objects.requireNonNull(compilers), out);
            } catch (CommandFailure unreadable) {
                spec.commandLine().getErr().println(unreadable.getMessage());
                exitCode = Math.max(exitCode, unreadable.exitCode());
            }
        }
        if (junit != null) {
            write(junit, report.xml());
        }
        sum(tests.isEmpty(), out);
        return exitCode;
    }

    private void sum(boolean nothing, PrintWriter out) {
        if (count == 0 && exitCode == ExitCode.FINE && !nothing) {
            throw new CommandFailure(ExitCode.USAGE, "No case has `" + filter + "` in its name.");
        }
        if (count > 0) {
            String cases = count == 1 ? "1 case" : count + " cases";
            out.println(failed == 0 ? cases + " passed." : failed + " of " + cases + " failed.");
        }
        out.flush();
    }

    private static CaseSuite.Compilers compilers() {
        PluginCatalog plugins = PluginCatalog.load();
        return new CaseSuite.Compilers(
                new PipelineCompiler(plugins), new PipelineCompiler(PortProbes.plugins(plugins)));
    }

    private void test(Path file, CaseSuite.Compilers compilers, PrintWriter out) {
        Path folder = PipelineOptions.folder(file);
        byte[] content = PipelineOptions.text(file, "test").content();
        Checked<CaseSuite> suite = CaseFile.read(file.toString(), content)
                .then(cases -> options.suite(cases, folder, System.getenv(), compilers));
        PipelineOptions.print(suite.diagnostics(), out);
        if (options.fails(suite.diagnostics())) {
            exitCode = Math.max(exitCode, ExitCode.FINDINGS);
            report.add(file.toString(), suite.diagnostics());
            out.println(PipelineOptions.summary(file, suite.diagnostics()));
            return;
        }
        Results results = suite.orElseThrow().run(name -> name.contains(filter));
        count += results.count();
        failed += results.failed();
        report.add(results);
        PipelineOptions.print(results.differences(), out);
        if (results.failed() > 0) {
            exitCode = Math.max(exitCode, ExitCode.FINDINGS);
            if (fix) {
                fix(file, content, results, out);
            }
        }
    }

    /** Writes what came out, in the canonical form if the file has been in it. */
    private static void fix(Path file, byte[] before, Results results, PrintWriter out) {
        String fixed = CaseFixer.fixed(results).orElse(null);
        if (fixed == null) {
            return;
        }
        PipelineFormatter formatter = new PipelineFormatter();
        String name = file.toString();
        boolean canonical = formatter
                .format(name, before)
                .text()
                .filter(text -> text.equals(new String(before, StandardCharsets.UTF_8)))
                .isPresent();
        String text = canonical
                ? formatter
                        .format(name, fixed.getBytes(StandardCharsets.UTF_8))
                        .text()
                        .orElse(fixed)
                : fixed;
        write(file, text);
        out.println("`" + VisibleText.of(name) + "` now expects what came out. Look at what has changed.");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + file + "` cannot be written. Check its folder and its permissions.");
        }
    }
}
