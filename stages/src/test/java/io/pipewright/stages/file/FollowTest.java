package io.pipewright.stages.file;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.stages.splits.CollectedElements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files that grow, come, move and go. */
class FollowTest {

    @TempDir
    Path folder;

    @Test
    void linesAreReadWhenTheyHaveTheirEndsAndFilesWhenTheyCome() throws Exception {
        write("a.log", "one\r\ntw");
        write("empty.log", "");
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 2)) {
            job.lookAndRead();
            assertThat(job.values()).containsExactly("1:one");
            append("a.log", "o");
            job.lookAndRead();
            assertThat(job.values()).containsExactly("1:one");
            append("a.log", "\n\nfour\n");
            write("b.log", "x\n");
            append("empty.log", "y\n");
            job.lookAndRead();
            assertThat(job.values()).containsExactlyInAnyOrder("1:one", "2:two", "3:", "4:four", "1:x", "1:y");
            job.lookAndRead();
            assertThat(job.values()).hasSize(6);
            assertThat(job.count("restartedFiles")).isZero();
        }
    }

    @Test
    void aReaderWithNothingToReadSaysSoUntilItIsTold() throws Exception {
        write("a.log", "one\n");
        CollectedElements output = new CollectedElements();
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 1)) {
            assertThat(job.reader(0).pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
            assertThat(job.reader(0).isAvailable()).isNotDone();
            var told = job.reader(0).isAvailable();
            job.look();
            assertThat(told).isDone();
        }
    }

    @Test
    void aRestoredJobGoesOnAtEveryRecordWithAnyNumberOfReaders() throws Exception {
        List<Object> all = new ArrayList<>();
        for (String file : List.of("a", "b", "c")) {
            StringBuilder text = new StringBuilder();
            for (int line = 1; line <= 9; line++) {
                text.append(file).append('\n');
                all.add(line + ":" + file);
            }
            write(file + ".log", text.toString());
        }
        for (int records = 0; records <= all.size(); records++) {
            try (FollowingJob before = FollowingJob.start(folder.toString(), false, 1 + records % 3)) {
                before.look();
                before.readUntil(records);
                FollowingJob.Checkpoint checkpoint = before.checkpoint();
                try (FollowingJob after =
                        FollowingJob.restore(before, folder.toString(), false, 1 + (records + 1) % 3, checkpoint)) {
                    after.read();
                    after.lookAndRead();
                    assertThat(after.values()).containsExactlyInAnyOrderElementsOf(all);
                }
            }
        }
    }

    @Test
    void aRenamedFileGoesOnAndTheOneThatTakesItsNameIsAnother() throws Exception {
        write("app.log", "one\ntwo\n");
        try (FollowingJob job = FollowingJob.start(folder + "/app.log*", false, 2)) {
            job.lookAndRead();
            append("app.log", "three\n");
            Files.move(folder.resolve("app.log"), folder.resolve("app.log.1"));
            write("app.log", "uno\ndue\ntre\nquattro\n");
            append("app.log.1", "four\n");
            job.lookAndRead();
            assertThat(job.values())
                    .containsExactlyInAnyOrder(
                            "1:one", "2:two", "3:three", "4:four", "1:uno", "2:due", "3:tre", "4:quattro");
            assertThat(job.count("restartedFiles")).isZero();
        }
    }

    @Test
    void aFileThatWasRenamedWhileTheJobWasDownGoesOn() throws Exception {
        write("app.log", "one\ntwo\n");
        try (FollowingJob before = FollowingJob.start(folder + "/app.log*", false, 2)) {
            before.lookAndRead();
            FollowingJob.Checkpoint checkpoint = before.checkpoint();
            append("app.log", "three\n");
            Files.move(folder.resolve("app.log"), folder.resolve("app.log.1"));
            write("app.log", "uno\n");
            try (FollowingJob after = FollowingJob.restore(before, folder + "/app.log*", false, 1, checkpoint)) {
                after.read();
                after.lookAndRead();
                assertThat(after.values()).containsExactlyInAnyOrder("1:one", "2:two", "3:three", "1:uno");
            }
        }
    }

    @Test
    void aFileThatIsShorterIsReadAnewAndCounted() throws Exception {
        write("a.log", "one\ntwo\n");
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 1)) {
            job.lookAndRead();
            write("a.log", "one\n");
            job.lookAndRead();
            append("a.log", "2\n");
            job.lookAndRead();
            assertThat(job.values()).containsExactly("1:one", "2:two", "1:one", "2:2");
            assertThat(job.count("restartedFiles")).isEqualTo(1);
        }
    }

    @Test
    void aFileThatBeginsWithSomethingElseIsReadAnewHoweverLongItIs() throws Exception {
        write("a.log", "one\ntwo\n");
        try (FollowingJob before = FollowingJob.start(folder.toString(), false, 1)) {
            before.lookAndRead();
            FollowingJob.Checkpoint checkpoint = before.checkpoint();
            write("a.log", "eins\nzwei\ndrei\nvier\n");
            before.lookAndRead();
            assertThat(before.count("restartedFiles")).isEqualTo(1);
            try (FollowingJob after = FollowingJob.restore(before, folder.toString(), false, 1, checkpoint)) {
                after.values().clear();
                after.lookAndRead();
                assertThat(after.values()).containsExactly("1:eins", "2:zwei", "3:drei", "4:vier");
                assertThat(after.count("restartedFiles")).isEqualTo(2);
            }
        }
    }

    @Test
    void aFileThatIsGoneIsForgottenAndOneThatComesInItsPlaceIsReadFromItsStart() throws Exception {
        write("a.log", "one\nunended");
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 2)) {
            job.lookAndRead();
            Files.delete(folder.resolve("a.log"));
            job.lookAndRead();
            job.lookAndRead();
            assertThat(job.released()).isEmpty();
            job.lookAndRead();
            assertThat(job.released()).hasSize(1);
            assertThat(job.count("unfinishedFiles")).isEqualTo(1);
            assertThat(job.checkpoint().files()).isEmpty();
            write("a.log", "one\ntwo\n");
            job.lookAndRead();
            assertThat(job.values()).containsExactly("1:one", "1:one", "2:two");
        }
    }

    @Test
    void aFileOfWhichAllWasReadIsNotUnfinishedWhenItGoes() throws Exception {
        write("a.log", "one\n");
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 1)) {
            job.lookAndRead();
            Files.delete(folder.resolve("a.log"));
            for (int look = 0; look < 3; look++) {
                job.lookAndRead();
            }
            assertThat(job.released()).hasSize(1);
            assertThat(job.count("unfinishedFiles")).isZero();
        }
    }

    @Test
    void aFileThatTakesOverTheInodeOfOneThatIsBeingReadIsReadFromItsStart() throws Exception {
        write("a.log", "one\ntwo\n");
        CollectedElements output = new CollectedElements();
        FoundFile found = FoundFile.at(folder.resolve("a.log"));
        try (FollowingReader reader = new FollowingReader(
                new FollowingReader.Lines(false, true, new LineDecoder("")), new UnregisteredMetricsGroup())) {
            reader.addSplits(List.of(FollowedFile.of(found)));
            while (output.values().isEmpty()) {
                reader.pollNext(output);
            }
            reader.handleSourceEvents(new FilesChanged(List.of(), List.of(found.key())));
            write("a.log", "one\nzwei\n");
            reader.addSplits(List.of(FollowedFile.of(found)));
            while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
                continue;
            }
            assertThat(output.values()).containsExactly("1:one", "1:one", "2:zwei");
            assertThat(output.released()).isEmpty();
        }
    }

    @Test
    void readersThatFailAloneHaveTheirFilesAgainButForThoseThatAreForgotten() throws Exception {
        write("a.log", "one\n");
        write("b.log", "uno\n");
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 1)) {
            job.lookAndRead();
            FollowingJob.Checkpoint checkpoint = job.checkpoint();
            write("c.log", "eins\n");
            append("b.log", "due\n");
            Files.delete(folder.resolve("a.log"));
            for (int look = 0; look < 3; look++) {
                job.lookAndRead();
            }
            job.values().clear();
            job.released().clear();
            job.failReaders(checkpoint);
            job.read();
            assertThat(job.values()).containsExactlyInAnyOrder("2:due", "1:eins");
            assertThat(job.released()).hasSize(1);
            assertThat(job.checkpoint().files()).hasSize(2);
        }
    }

    @Test
    void aHeaderIsReadWhenItHasItsEndAndAgainAfterARestore() throws Exception {
        write("a.csv", "x,");
        try (FollowingJob before = FollowingJob.start(folder.toString(), true, 1)) {
            before.lookAndRead();
            append("a.csv", "y\n1,2\n");
            before.lookAndRead();
            FollowingJob.Checkpoint checkpoint = before.checkpoint();
            append("a.csv", "3,4\n");
            try (FollowingJob after = FollowingJob.restore(before, folder.toString(), true, 1, checkpoint)) {
                after.lookAndRead();
                assertThat(after.values()).containsExactly("x,y 2:1,2", "x,y 3:3,4");
            }
        }
    }

    @Test
    void packedFilesAreLeftOutAndCounted() throws Exception {
        write("a.log", "one\n");
        write("a.log.1.gz", "no matter\n");
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 1)) {
            job.lookAndRead();
            assertThat(job.values()).containsExactly("1:one");
            assertThat(job.packed()).isEqualTo(1);
        }
    }

    @Test
    void aLongFileLetsOthersHaveTheirTurns() throws Exception {
        write("a.log", "long\n".repeat(25_000));
        write("b.log", "short\n");
        try (FollowingJob job = FollowingJob.start(folder.toString(), false, 1)) {
            job.lookAndRead();
            assertThat(job.values()).hasSize(25_001);
            assertThat(job.values().indexOf("1:short")).isLessThan(25_000);
            assertThat(job.values().indexOf("25000:long")).isGreaterThan(20_000);
        }
    }

    @Test
    void aFolderThatIsNotThereYetIsNoFailure() throws Exception {
        Path later = folder.resolve("later");
        try (FollowingJob job = FollowingJob.start(later + "/*.log", false, 1)) {
            job.lookAndRead();
            Files.createDirectories(later);
            Files.writeString(later.resolve("a.log"), "one\n");
            job.lookAndRead();
            assertThat(job.values()).containsExactly("1:one");
        }
    }

    @Test
    void aCheckpointOfFilesThatDoNotGrowIsRefused() {
        assertThatThrownBy(() -> new FileKeysSerializer().deserialize(1, new byte[0]))
                .hasMessageContaining("without `follow`");
        assertThatThrownBy(() -> new FollowedFile.Serializer().deserialize(1, new byte[0]))
                .hasMessageContaining("version 1");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, APPEND);
    }
}
