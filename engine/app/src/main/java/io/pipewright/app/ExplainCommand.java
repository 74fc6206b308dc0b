package io.pipewright.app;

import io.pipewright.diagnostic.Suggest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: what the code of a finding means, with a wrong and a right example. */
@Command(
        name = "explain",
        description = "Tells what the codes of findings mean; without a code lists all.",
        footer = {"", "Example: pipewright explain unknown-option"})
final class ExplainCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "CODE", description = "What stands in brackets after `error`.")
    List<String> codes = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Problem> problems = new ProblemCatalogue().problems();
        if (codes.isEmpty()) {
            list(problems, out);
        }
        for (String code : codes) {
            if (!problems.containsKey(code)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "There is no code `" + code + "`. "
                                + Suggest.didYouMean(code, problems.keySet())
                                        .orElse("`pipewright explain` without a code lists all."));
            }
        }
        out.print(codes.stream()
                .distinct()
                .map(code -> Objects.requireNonNull(problems.get(code)).explained())
                .collect(Collectors.joining("\n")));
        out.flush();
        return ExitCode.FINE;
    }

    private static void list(Map<String, Problem> problems, PrintWriter out) {
        int width = problems.keySet().stream().mapToInt(String::length).max().orElse(0);
        problems.values()
                .forEach(problem -> out.println(
                        problem.code() + " ".repeat(width + 2 - problem.code().length()) + problem.means()));
    }
}
