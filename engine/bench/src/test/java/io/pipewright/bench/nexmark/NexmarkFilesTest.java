package io.pipewright.bench.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is committed beside the pipelines of Nexmark belongs together; that the pipelines give the answers is held by their
 * cases. {@code ./pipewright bench nexmark --answers} writes it anew.
 */
class NexmarkFilesTest {

    private static final NexmarkFiles FILES =
            new NexmarkFiles(Path.of(System.getProperty("pipewright.root")).resolve("pipelines/nexmark"));

    @Test
    void theEventsAreThoseOfTheSeed() throws IOException {
        assertThat(Files.readString(FILES.inOrder())).isEqualTo(NexmarkFiles.text(NexmarkFiles.EVENTS.inOrder()));
        assertThat(Files.readString(FILES.outOfOrder())).isEqualTo(NexmarkFiles.text(NexmarkFiles.EVENTS.outOfOrder()));
    }

    @Test
    void theAnswersWereDerivedFromTheseEventsByTheseQueries() throws IOException {
        assertThat(FILES.origin()).isEqualTo(Files.readString(FILES.writtenOrigin()));
    }

    @Test
    void everyQueryHasAPipelineAndAnAnswerWithSomethingInIt() throws IOException {
        List<String> queries =
                NexmarkQuery.all().stream().map(NexmarkQuery::name).sorted().toList();
        try (Stream<Path> pipelines = Files.list(FILES.folder())) {
            assertThat(pipelines.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".test.yaml")))
                    .containsExactlyInAnyOrderElementsOf(
                            queries.stream().map(name -> name + ".test.yaml").toList());
        }
        for (NexmarkQuery query : NexmarkQuery.all()) {
            assertThat(FILES.folder().resolve(query.name() + ".yaml")).exists();
            assertThat(Files.readAllLines(FILES.answer(query))).as(query.name()).hasSizeGreaterThan(1);
        }
    }
}
