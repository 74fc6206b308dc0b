package io.pipewright.spi.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of a secret cannot be read on the machine that needs it. Its message is made of two sentences for users. */
public final class SecretUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String ACTION =
            "Put it there on every machine that uses it, or name another folder with `--secrets`.";

    private final String problem;

    SecretUnavailableException(Path file, String reason, @Nullable Throwable cause) {
        this(
                "The secret `" + file.getFileName() + "` cannot be read from `" + file.getParent() + "`: " + reason
                        + ".",
                cause);
    }

    private SecretUnavailableException(String problem, @Nullable Throwable cause) {
        super(problem + " " + ACTION, cause);
        this.problem = problem;
    }

    /** What is wrong, as one sentence. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String action() {
        return ACTION;
    }
}
