package io.pipewright.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class RootCauseTest {

    @Test
    void theInnermostExceptionSaysWhatHappened() {
        assertThat(RootCause.sentence(
                        new IllegalStateException("Job failed", new IllegalArgumentException("It burns."))))
                .isEqualTo("It burns.");
    }

    @Test
    void aMessageThatIsNothingButANameBecomesASentence() {
        assertThat(sentence(new NoSuchFileException("/in/a.jsonl"))).isEqualTo("There is no file `/in/a.jsonl`.");
        assertThat(sentence(new AccessDeniedException("/in/a.jsonl")))
                .isEqualTo("`/in/a.jsonl` may not be read or written. Check its permissions.");
        assertThat(sentence(new FileAlreadyExistsException("/out"))).startsWith("`/out` is there already");
        assertThat(sentence(new UnknownHostException("kafka-9")))
                .isEqualTo("The host `kafka-9` is not known. Check the address.");
    }

    private static String sentence(Throwable cause) {
        return RootCause.sentence(new IllegalStateException("Job failed", cause));
    }
}
