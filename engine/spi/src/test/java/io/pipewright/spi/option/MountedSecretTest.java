package io.pipewright.spi.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedSecretTest {

    @TempDir
    Path folder;

    @Test
    void travelsAsTheNameOfItsFileAndIsReadWhereItArrives() throws IOException, ClassNotFoundException {
        Path file = Files.writeString(folder.resolve("kafka"), "hunter2\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Secret.mounted(file));
        }
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
        Files.writeString(file, "rotated\r\n");
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Secret) in.readObject()).reveal()).isEqualTo("rotated");
        }
    }

    @Test
    void losesOnlyOneLineBreak() throws IOException {
        Path file = Files.writeString(folder.resolve("padded"), " a\n\n");
        assertThat(Secret.mounted(file).reveal()).isEqualTo(" a\n");
    }

    @Test
    void saysWhichFileIsMissing() {
        Secret secret = Secret.mounted(folder.resolve("absent"));
        assertThat(secret).hasToString("••••");
        assertThat(secret.isEmpty()).isFalse();
        assertThatThrownBy(secret::reveal)
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageStartingWith(
                        "The secret `absent` cannot be read from `" + folder + "`: there is no such file.");
    }
}
