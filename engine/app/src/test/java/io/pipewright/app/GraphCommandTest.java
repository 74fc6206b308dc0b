package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code graph} of the first pipeline. */
class GraphCommandTest {

    private static final String PIPELINE = TestPlace.pipeline().toString();

    @Test
    void mermaidShowsEntriesKeysWindowsAndPorts() {
        Answer answer = Answer.of("graph", PIPELINE);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .startsWith("flowchart LR\n")
                .contains("n_volumes[\"<b>volumes</b><br/>window<br/>keyBy: channel<br/>window: tumbling, size 10s")
                .contains("  n_events --> n_routing\n")
                .contains("  n_routing -->|\"interactions\"| n_volumes\n")
                .contains("  n_routing -->|\"customers as with\"| n_enriched\n")
                .contains("  n_volumes -.->|\"late\"| n_lateRecords\n")
                .contains("  n_volumes -.->|\"errors\"| n_deadLetters\n")
                .contains("matcher: Flink CEP")
                .contains("unread: .rejected")
                .contains("  %% routing interactions: interactionId: string, channel: string, timestamp: timestamp");
    }

    @Test
    void dotShowsTheSame() {
        Answer answer = Answer.of("graph", PIPELINE, "--format", "dot");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .startsWith("digraph \"cxone\" {\n")
                .endsWith("}\n")
                .contains("\"volumes\" [label=\"volumes\\nwindow\\nkeyBy: channel\\nwindow: tumbling, size 10s")
                .contains("\"volumes\" -> \"lateRecords\" [label=\"late\"")
                .contains("style=dashed");
    }

    @Test
    void thePictureFollowsTheFlags() {
        assertThat(Answer.of("graph", PIPELINE, "--set", "volumeWindow=1m").out())
                .contains("tumbling, size 1m");
    }

    @Test
    void aFormatThatThereIsNotIsWrongUsage() {
        Answer answer = Answer.of("graph", PIPELINE, "--format", "gif");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("gif").contains("mermaid, dot");
    }

    @Test
    void aFileThatThereIsNotIsWrongUsage() {
        Answer answer = Answer.of("graph", "nowhere.yaml");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().strip())
                .startsWith("There is no file `nowhere.yaml`.")
                .doesNotContain("\n");
    }
}
