package io.pipewright.flink;

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
        return message == null || message.isBlank() ? told.getClass().getSimpleName() : message;
    }
}
