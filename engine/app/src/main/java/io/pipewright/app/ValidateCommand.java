package io.pipewright.app;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.GithubFormatter;
import io.pipewright.diagnostic.JsonFormatter;
import io.pipewright.diagnostic.SarifFormatter;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: everything wrong with some pipelines, offline. */
@Command(
        name = "validate",
        description = "Checks pipelines without running them.",
        footer = {"", "Example: pipewright validate pipelines/cxone.yaml"})
final class ValidateCommand implements Callable<Integer> {

    /** How findings are printed. */
    enum Format {
        pretty,
        json,
        sarif,
        github
    }

    private static final String PIPELINES_ONLY = "--pipelines-only";

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The pipelines' files, or folders: of these all pipelines below them.")
    List<Path> files = List.of();

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Option(names = "--format", description = "How findings are printed: ${COMPLETION-CANDIDATES}.")
    Format format = Format.pretty;

    @Option(names = "--strict-env", description = "An environment variable that is not set is an error.")
    boolean strictEnvironment;

    @Option(names = "--connect", description = "Also asks the servers that the pipeline names.")
    boolean connect;

    @Option(
            names = PIPELINES_ONLY,
            description = "Passes over files that are no pipelines: those without a line that begins with"
                    + " apiVersion: pipeline/. For hooks, which are given all YAML files.")
    boolean pipelinesOnly;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    /**
     * The command of arguments that are files alone, or {@code --pipelines-only} and files: what hooks and editors call. It
     * is had without picocli, whose setting up takes a sixth of so short a run; anything else is nothing here.
     */
    static Optional<ValidateCommand> plain(String... args) {
        ValidateCommand command = new ValidateCommand();
        command.files = new ArrayList<>();
        boolean plain = args.length > 0 && args[0].equals("validate");
        for (int i = 1; i < args.length && plain; i++) {
            if (args[i].equals(PIPELINES_ONLY) && !command.pipelinesOnly) {
                command.pipelinesOnly = true;
            } else {
                plain = isPlainFile(args[i]) && command.files.add(Path.of(args[i]));
            }
        }
        return plain && !command.files.isEmpty() ? Optional.of(command) : Optional.empty();
    }

    /** Whether an argument is neither a flag nor a file of arguments, and any file system can have its name. */
    private static boolean isPlainFile(String argument) {
        return !argument.startsWith("-")
                && !argument.startsWith("@")
                && argument.chars().allMatch(c -> c >= ' ' && c < 0x7F)
                && !argument.isBlank();
    }

    @Override
    public Integer call() {
        return call(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    int call(PrintWriter out, PrintWriter err) {
        Set<Path> pipelines = PipelineFiles.PIPELINES.among(files, pipelinesOnly);
        if (pipelines.isEmpty() && !pipelinesOnly) {
            throw PipelineFiles.PIPELINES.none(files);
        }
        Diagnostics all = Diagnostics.none();
        int exitCode = ExitCode.FINE;
        List<Path> checkedFiles = new ArrayList<>();
        Iterator<Path> names = pipelines.iterator();
        for (Supplier<Checked<LogicalGraph>> pipeline : compiled(pipelines)) {
            Path file = names.next();
            try {
                Checked<LogicalGraph> checked = pipeline.get();
                checkedFiles.add(file);
                all = all.plus(checked.diagnostics());
                exitCode = Math.max(exitCode, tell(checked, out, err));
            } catch (CommandFailure unreadable) {
                err.println(unreadable.getMessage());
                exitCode = Math.max(exitCode, unreadable.exitCode());
            }
        }
        out.print(
                switch (format) {
                    case pretty -> summary(checkedFiles, all);
                    case json -> new JsonFormatter().format(all);
                    case sarif -> new SarifFormatter(Main.VERSION).format(all);
                    case github -> new GithubFormatter().format(all);
                });
        out.flush();
        return exitCode;
    }

    /** Compiles all, some at the same time; each is handed out, or fails, when it is asked for. */
    private List<Supplier<Checked<LogicalGraph>>> compiled(Set<Path> pipelines) {
        PipelineCompiler compiler = PipelineOptions.compiler();
        boolean strict = strictEnvironment || connect;
        // A task each: of a parallel stream's four parts the last to be taken may be all that is still at work.
        List<ForkJoinTask<Supplier<Checked<LogicalGraph>>>> tasks = pipelines.stream()
                .map(file -> ForkJoinTask.adapt(
                        () -> attempt(() -> options.compile(compiler, file, strict, System.getenv()))))
                .toList();
        ForkJoinTask.invokeAll(tasks);
        return tasks.stream().map(ForkJoinTask::join).toList();
    }

    private static <T> Supplier<T> attempt(Supplier<T> work) {
        try {
            T result = work.get();
            return () -> result;
        } catch (CommandFailure failure) {
            return () -> {
                throw failure;
            };
        }
    }

    /** Prints what is found in one file, now if it is for people, and says with which code that ends. */
    private int tell(Checked<LogicalGraph> checked, PrintWriter out, PrintWriter err) {
        if (format == Format.pretty) {
            PipelineOptions.print(checked.diagnostics(), out);
        }
        boolean outside = false;
        if (connect && !checked.hasErrors()) {
            outside = !OutsideWorld.problems(checked.orElseThrow(), format == Format.pretty ? out : err)
                    .isEmpty();
        }
        if (outside) {
            return ExitCode.OUTSIDE;
        }
        return options.fails(checked.diagnostics()) ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    /** Of the files that could be read; nothing is known of the others. */
    private static String summary(List<Path> files, Diagnostics all) {
        if (files.isEmpty()) {
            return "";
        }
        String what = files.size() == 1 ? files.get(0).toString() : files.size() + " files";
        return PipelineOptions.summary(what, all) + System.lineSeparator();
    }
}
