package io.pipewright.app;

import io.pipewright.diagnostic.Suggest;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: what the code of a finding means, with a wrong and a right example. */
@Command(
        name = "explain",
        description = "Tells what the code of a finding means; without a code lists all.",
        footer = {"", "Example: pipewright explain unknown-option"})
final class ExplainCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "What stands in brackets after `error`.")
    @Nullable
    String code;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Problem> problems = new ProblemCatalogue().problems();
        if (code == null) {
            int width =
                    problems.keySet().stream().mapToInt(String::length).max().orElse(0);
            problems.values()
                    .forEach(problem -> out.println(problem.code()
                            + " ".repeat(width + 2 - problem.code().length())
                            + problem.means()));
            out.flush();
            return ExitCode.FINE;
        }
        Problem problem = problems.get(code);
        if (problem == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "There is no code `" + code + "`. "
                            + Suggest.didYouMean(code, problems.keySet())
                                    .orElse("`pipewright explain` without a code lists all."));
        }
        out.print(problem.explained());
        out.flush();
        return ExitCode.FINE;
    }
}
