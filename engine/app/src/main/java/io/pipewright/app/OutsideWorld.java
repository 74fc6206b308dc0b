package io.pipewright.app;

import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalNode;
import io.pipewright.schema.PluginCall;
import io.pipewright.spi.option.SecretUnavailableException;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Asks what a pipeline needs of the outside world: its checks, and the servers of its sources and sinks. */
final class OutsideWorld {

    private OutsideWorld() {}

    /** Runs all checks and prints what is not as it must be, the same thing once. */
    static List<String> problems(LogicalGraph graph, PrintWriter out) {
        List<String> found = new ArrayList<>();
        graph.checks().forEach((id, question) -> ask(question::ask)
                .forEach(problem -> found.add(told("check `" + id + "`", problem))));
        Set<String> seen = new TreeSet<>();
        for (LogicalNode node : graph.nodes()) {
            PluginCall call = new PluginCall(node.entry().type(), "`" + node.id() + "`");
            for (OutsideProblem problem :
                    ask(() -> call.ask(() -> ask(node.entry().type(), node.plan())))) {
                if (seen.add(problem.message())) {
                    found.add(told(node, problem));
                }
            }
        }
        found.forEach(out::println);
        out.flush();
        return found;
    }

    /** A secret that is not on this machine is a problem of this machine. */
    private static List<OutsideProblem> ask(Supplier<List<OutsideProblem>> question) {
        try {
            return question.get();
        } catch (SecretUnavailableException e) {
            return List.of(new OutsideProblem(e.problem(), e.action()));
        }
    }

    private static String told(LogicalNode node, OutsideProblem problem) {
        String who = "`" + node.id() + "`";
        return problem.option().isEmpty()
                ? told(who, problem)
                : new PrettyFormatter()
                        .format(
                                node.entry().place().at(problem.option()),
                                who + ": " + problem.message(),
                                problem.hint());
    }

    private static String told(String who, OutsideProblem problem) {
        return who + ": " + problem.message() + "\n    " + problem.hint();
    }

    private static <O extends Record, P extends StagePlan> List<OutsideProblem> ask(
            StageType<O, P> type, StagePlan plan) {
        @SuppressWarnings("unchecked") // the plan was made by this very type
        P own = (P) plan;
        return type.outsideCheck()
                .map(check -> ((OutsideCheck<P>) check.get()).check(own))
                .orElse(List.of());
    }

    /** Fails the command if a check fails. */
    static void require(LogicalGraph graph, PrintWriter err) {
        List<String> problems = problems(graph, err);
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.OUTSIDE, "Nothing was submitted: a check of the outside world failed.");
        }
    }
}
