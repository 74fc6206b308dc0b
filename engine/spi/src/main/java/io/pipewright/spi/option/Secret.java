package io.pipewright.spi.option;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that may be used but never shown: its text is dots, so that no log line, message, plan or graph can hold it by accident.
 *
 * <p>One that is mounted as a file is read anew by each {@link #reveal()}, on the machine that asks: what travels in a job graph is the
 * file's name. A value that was given itself, in the pipeline's file or the environment of the submission, travels with what uses it.
 * Two secrets are equal when their values, or the names of their files, are. This guards against accidents only; the value stays
 * readable in the memory of the process.
 */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1;
    private static final String DOTS = "••••";
    private static final long MAX_BYTES = 64 << 10;

    private final String text;
    private final boolean file;

    private Secret(String text, boolean file) {
        this.text = Objects.requireNonNull(text, "text");
        this.file = file;
    }

    /** Wraps a value, which may be empty. */
    public static Secret of(String value) {
        return new Secret(value, false);
    }

    /** The content of a file, without a line break at its end; the file need not be there on this machine. */
    public static Secret mounted(Path file) {
        return new Secret(file.toAbsolutePath().toString(), true);
    }

    /**
     * The value itself, for the one place that sends it; never for a message.
     *
     * @throws SecretUnavailableException if it is mounted as a file and that cannot be read here
     */
    public String reveal() {
        return file ? read(new File(text).toPath()) : text;
    }

    /** The absolute path of the file that it is read from where it is used; empty if the value itself was given. */
    public Optional<String> file() {
        return file ? Optional.of(text) : Optional.empty();
    }

    /** Whether it is known that there is nothing in it, which callers may say aloud; of a file that is not known. */
    public boolean isEmpty() {
        return !file && text.isEmpty();
    }

    private static String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SecretUnavailableException(file, "there is no such file", null);
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new SecretUnavailableException(file, "it is larger than 64 KiB", null);
            }
            String content = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return content.replaceFirst("\\r?\\n\\z", "");
        } catch (CharacterCodingException e) {
            // Without its cause, which has nothing to add.
            throw new SecretUnavailableException(file, "it is not UTF-8 text", null);
        } catch (IOException e) {
            throw new SecretUnavailableException(file, "this user may not read it", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        // Compared in constant time: equality is asked of values that an outsider may have guessed.
        return other instanceof Secret that && file == that.file && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return DOTS;
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
