package io.pipewright.flink;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/** Finds, below the exceptions that Flink wraps round each other, the one that says what happened. */
public final class RootCause {

    private static final int MAX_DEPTH = 50;
    private static final Set<String> TELLING =
            Set.of("io.pipewright.spi.stage.Failures$FailedRecordException", "io.pipewright.spi.stage.StageFailure");

    private RootCause() {}

    /** One sentence: that of the first exception that names a stage, else that of the innermost one. */
    public static String sentence(Throwable failure) {
        Throwable told = failure;
        int depth = 0;
        for (Throwable at = failure; at != null && depth++ < MAX_DEPTH; at = at.getCause()) {
            told = at;
            if (TELLING.contains(at.getClass().getName())) {
                break;
            }
        }
        String message = told.getMessage();
        return message == null || message.isBlank() ? told.getClass().getSimpleName() : sentence(told, message);
    }

    /** The message, or a sentence where Java's is nothing but the name of a file or host. */
    private static String sentence(Throwable told, String message) {
        if (told instanceof NoSuchFileException) {
            return "There is no file `" + message + "`.";
        } else if (told instanceof AccessDeniedException) {
            return "`" + message + "` may not be read or written. Check its permissions.";
        } else if (told instanceof FileAlreadyExistsException) {
            return "`" + message + "` is there already, and is something else than what is needed there.";
        } else if (told instanceof UnknownHostException) {
            return "The host `" + message + "` is not known. Check the address.";
        }
        return message;
    }
}
