package io.pipewright.testkit;

import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalNode;
import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.answer.AskingPlan;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All that a server knows in a test; it answers at once. */
record GivenAnswers(RecordType question, RecordType answer, List<GivenAnswer> given) implements AnswerSource {

    GivenAnswers {
        given = List.copyOf(given);
    }

    /** The pipeline with servers that know these answers, by the ids of the stages that ask, and nothing else. */
    static LogicalGraph in(LogicalGraph graph, Map<String, List<GivenAnswer>> answers) {
        List<LogicalNode> nodes = graph.nodes().stream()
                .map(node -> node.plan() instanceof AskingPlan plan
                        ? node.withPlan(plan.asking(new GivenAnswers(
                                plan.question(), plan.answer(), answers.getOrDefault(node.id(), List.of()))))
                        : node)
                .toList();
        return new LogicalGraph(graph.definition(), nodes, graph.checks());
    }

    @Override
    public AnswerClient open(String stage) {
        Map<DataRecord, Answer> known = new HashMap<>();
        for (GivenAnswer one : given) {
            known.put(RecordValues.record(question, one.question()), answer(one));
        }
        return new Client(known);
    }

    private Answer answer(GivenAnswer one) {
        return one instanceof GivenAnswer.Found found
                ? new Answer.Found(RecordValues.record(answer, found.record()))
                : new Answer.Refused("refused", ((GivenAnswer.Refused) one).reason());
    }

    @Override
    public String server() {
        return "the test";
    }

    private record Client(Map<DataRecord, Answer> known) implements AnswerClient {
        @Override
        public CompletionStage<Answer> ask(DataRecord question) {
            return CompletableFuture.completedFuture(known.getOrDefault(question, new Answer.Nothing()));
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
