package io.pipewright.app;

import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fmt}: pipelines in the one form that everybody writes them in. */
@Command(
        name = "fmt",
        description = {
            "Rewrites pipelines in the canonical form: two blanks of indentation, keys in their order, expressions in"
                    + " quotes. Comments, and the choice between blocks and {} or [] on a line, stay.",
            "Of a folder, it takes the files *.yaml and *.yml whose apiVersion is that of a pipeline or of its test."
                    + " A file that is named, such as an overlay, is taken without an apiVersion too; only its layout"
                    + " changes then. A file with YAML errors stays as it is, and they are told.",
            "Ends with 1 if a file has errors or, with --check or --diff, is not in the canonical form."
        },
        footer = {"", "Example: pipewright fmt --check pipelines", "         pipewright fmt - < old.yaml > new.yaml"})
final class FmtCommand implements Callable<Integer> {

    private static final Path STDIN = Path.of("-");

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|FOLDER",
            description = "What to format; `-` reads a file from stdin and writes it to stdout.")
    List<Path> paths = List.of();

    @Option(names = "--check", description = "Changes nothing, and names the files that would change.")
    boolean check;

    @Option(names = "--diff", description = "Changes nothing, and prints what would change as a unified diff.")
    boolean diff;

    @Option(
            names = "--pipelines-only",
            description = "Passes over files that are neither pipelines nor tests of them. For hooks, which are given"
                    + " all YAML files.")
    boolean pipelinesOnly;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    private final PipelineFormatter formatter = new PipelineFormatter();
    private int exitCode = ExitCode.FINE;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int changed = 0;
        Set<Path> files = PipelineFiles.PIPELINES_AND_TESTS.among(paths, pipelinesOnly);
        if (files.isEmpty() && !pipelinesOnly) {
            throw PipelineFiles.PIPELINES_AND_TESTS.none(paths);
        }
        for (Path file : files) {
            changed += format(file, out) ? 1 : 0;
        }
        if (!files.contains(STDIN) && !diff && !(pipelinesOnly && changed == 0)) {
            out.println(changed + " of " + files.size() + (files.size() == 1 ? " file " : " files ")
                    + (check ? "would change." : "changed."));
        }
        out.flush();
        return exitCode;
    }

    /** Formats a file; says whether that changes it. */
    private boolean format(Path file, PrintWriter out) {
        boolean stdin = file.equals(STDIN);
        byte[] before;
        try {
            before = stdin ? PipelineFiles.read(System.in) : PipelineFiles.read(file);
        } catch (IOException e) {
            fail(ExitCode.USAGE, "`" + file + "` cannot be read. Check its path and permissions.");
            return false;
        }
        PipelineFormatter.Result result = formatter.format(stdin ? "stdin" : file.toString(), before);
        if (result.text().isEmpty()) {
            report(result);
            return false;
        }
        byte[] after = result.text().get().getBytes(StandardCharsets.UTF_8);
        boolean changes = !Arrays.equals(before, after);
        if (stdin && !check && !diff) {
            out.print(result.text().get());
        } else if (changes) {
            tell(file, new String(before, StandardCharsets.UTF_8), result.text().get(), after, out);
        }
        return changes;
    }

    private void tell(Path file, String before, String text, byte[] after, PrintWriter out) {
        if (diff) {
            out.print(UnifiedDiff.of(file.toString(), before, text));
        } else if (check) {
            out.println(file);
        } else {
            try {
                Files.write(file, after);
                out.println(file);
            } catch (IOException e) {
                fail(ExitCode.USAGE, "`" + file + "` cannot be written. Check its permissions.");
            }
            return;
        }
        exitCode = Math.max(exitCode, ExitCode.FINDINGS);
    }

    private void report(PipelineFormatter.Result result) {
        PrintWriter err = spec.commandLine().getErr();
        Diagnostics findings = result.findings();
        PipelineOptions.print(findings, err);
        result.fault().ifPresent(err::println);
        err.flush();
        exitCode = Math.max(exitCode, result.fault().isPresent() ? ExitCode.INTERNAL : ExitCode.FINDINGS);
    }

    private void fail(int code, String message) {
        spec.commandLine().getErr().println(VisibleText.lines(message));
        exitCode = Math.max(exitCode, code);
    }
}
