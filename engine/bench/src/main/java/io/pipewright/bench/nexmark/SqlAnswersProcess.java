package io.pipewright.bench.nexmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The main class of the JVM in which Flink SQL answers all queries, on the events in order and out of order. */
public final class SqlAnswersProcess {

    private SqlAnswersProcess() {}

    /**
     * Writes the answers.
     *
     * @param args the folder of the pipelines, and the file that says at the end what the answers were derived from
     * @throws IllegalStateException if an answer depends on the order in which the events come
     */
    public static void main(String[] args) throws Exception {
        NexmarkFiles files = new NexmarkFiles(Path.of(args[0]));
        SqlAnswers inOrder = SqlAnswers.on(files.inOrder());
        SqlAnswers outOfOrder = SqlAnswers.on(files.outOfOrder());
        for (NexmarkQuery query : NexmarkQuery.all()) {
            List<String> answer = inOrder.answer(query);
            if (!answer.equals(outOfOrder.answer(query))) {
                throw new IllegalStateException(
                        "The answer to " + query.name() + " depends on the order of the events.");
            }
            files.writeAnswer(query, answer);
        }
        Files.writeString(Path.of(args[1]), files.origin());
    }
}
