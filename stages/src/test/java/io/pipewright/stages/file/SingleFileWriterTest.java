package io.pipewright.stages.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleFileWriterTest {

    private static final byte[] NO_HEADER = {};

    @TempDir
    Path folder;

    @Test
    void aRestoredWriterCutsOffWhatCameAfterTheCheckpoint() throws Exception {
        Path file = folder.resolve("new/out.jsonl");
        List<Long> checkpoint;
        try (SingleFileWriter writer = new SingleFileWriter(file, NO_HEADER, 0)) {
            write(writer, "one");
            checkpoint = writer.snapshotState(1);
            write(writer, "lost");
            writer.flush(false);
        }
        assertThat(Files.readString(file)).isEqualTo("one\nlost\n");
        try (SingleFileWriter writer = new SingleFileWriter(file, NO_HEADER, checkpoint.get(0))) {
            write(writer, "two");
        }
        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aFreshStartReplacesTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("out.jsonl"), "old\n");
        new SingleFileWriter(file, NO_HEADER, 0).close();
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFileThatIsShorterThanTheCheckpointSaysIsNotWrittenTo() throws Exception {
        Path file = Files.writeString(folder.resolve("out.jsonl"), "old\n");
        assertThatThrownBy(() -> new SingleFileWriter(file, NO_HEADER, 5))
                .hasMessageContaining("is shorter than the checkpoint");
        assertThat(file).hasContent("old");
    }

    private static void write(SingleFileWriter writer, String line) throws Exception {
        writer.write(line.getBytes(UTF_8), null);
    }
}
