package io.pipewright.stages.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFilesTest {

    private static final FileSinkOptions.Roll ROLL =
            new FileSinkOptions.Roll(new ByteSize(1_000), Duration.ofMinutes(15), Duration.ofMinutes(1));

    @TempDir
    Path folder;

    @Test
    void eachPartFileBeginsWithTheHeaderAndOneThatGoesOnAfterARestoreHasIt() throws Exception {
        RecoverableWriter files = FileSystem.getLocalFileSystem().createRecoverableWriter();
        PartFileEncoder encoder = new PartFileEncoder("a,b\n".getBytes(UTF_8));
        RecoverableFsDataOutputStream first = files.open(path("first"));
        encoder.encode("1,2".getBytes(UTF_8), first);
        encoder.encode("3,4".getBytes(UTF_8), first);
        RecoverableWriter.ResumeRecoverable checkpoint = first.persist();
        encoder.encode("lost".getBytes(UTF_8), first);
        first.close();
        PartFileEncoder restored = new PartFileEncoder("a,b\n".getBytes(UTF_8));
        RecoverableFsDataOutputStream resumed = files.recover(checkpoint);
        restored.encode("5,6".getBytes(UTF_8), resumed);
        resumed.closeForCommit().commit();
        RecoverableFsDataOutputStream second = files.open(path("second"));
        restored.encode("7,8".getBytes(UTF_8), second);
        second.closeForCommit().commit();
        assertThat(Files.readString(folder.resolve("first"))).isEqualTo("a,b\n1,2\n3,4\n5,6\n");
        assertThat(Files.readString(folder.resolve("second"))).isEqualTo("a,b\n7,8\n");
    }

    @Test
    void aPartFileIsClosedWhenItIsLargeOrOldOrIdleAndNotByACheckpoint() throws Exception {
        RollingPolicy<byte[], String> policy = FileSinkBuilder.policy(ROLL);
        Part small = new Part(0, 1_000, 0);
        assertThat(policy.shouldRollOnEvent(small, new byte[0])).isFalse();
        assertThat(policy.shouldRollOnCheckpoint(small)).isFalse();
        assertThat(policy.shouldRollOnEvent(new Part(0, 1_001, 0), new byte[0])).isTrue();
        assertThat(policy.shouldRollOnProcessingTime(new Part(0, 1, 899_998), 899_999))
                .isFalse();
        assertThat(policy.shouldRollOnProcessingTime(new Part(0, 1, 899_999), 900_000))
                .isTrue();
        assertThat(policy.shouldRollOnProcessingTime(new Part(0, 1, 1), 60_000)).isFalse();
        assertThat(policy.shouldRollOnProcessingTime(new Part(0, 1, 1), 60_001)).isTrue();
    }

    @Test
    void theirAgeIsLookedAtAsOftenAsItMatters() {
        assertThat(FileSinkBuilder.betweenChecks(ROLL)).isEqualTo(10_000);
        FileSinkOptions.Roll quick =
                new FileSinkOptions.Roll(new ByteSize(1), Duration.ofSeconds(5), Duration.ofSeconds(2));
        assertThat(FileSinkBuilder.betweenChecks(quick)).isEqualTo(2_000);
    }

    private org.apache.flink.core.fs.Path path(String name) {
        return new org.apache.flink.core.fs.Path(folder.resolve(name).toUri());
    }

    private record Part(long getCreationTime, long getSize, long getLastUpdateTime) implements PartFileInfo<String> {
        @Override
        public String getBucketId() {
            return "";
        }
    }
}
