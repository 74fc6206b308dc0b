package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import io.pipewright.stages.tls.TlsFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the driver's exceptions mean for a write. */
final class DriverErrors {

    private static final int MAX_DEPTH = 10;

    private DriverErrors() {}

    /** What an attempt that failed calls for. */
    enum Meaning {
        /** The server will never take this row. */
        REFUSED,
        /** The server answered that it cannot now. */
        TRANSIENT,
        /** Nobody answered. */
        UNREACHABLE,
        /** No row will ever be taken: the rights or the trust are missing, or the session is closed. */
        HOPELESS
    }

    static Meaning meaning(Throwable error) {
        if (error instanceof CompletionException && error.getCause() != null) {
            return meaning(error.getCause());
        }
        if (TlsFailure.of(error, "").isPresent()) {
            return Meaning.HOPELESS;
        }
        if (error instanceof AllNodesFailedException all) {
            return ofAll(all);
        }
        if (error instanceof UnauthorizedException || error instanceof AuthenticationException) {
            return Meaning.HOPELESS;
        }
        if (error instanceof QueryValidationException
                || error instanceof CodecNotFoundException
                || error instanceof FrameTooLongException
                || error instanceof IllegalArgumentException) {
            return Meaning.REFUSED;
        }
        if (error instanceof IllegalStateException) {
            return Meaning.HOPELESS;
        }
        boolean nobody = error instanceof DriverTimeoutException
                || error instanceof ClosedConnectionException
                || error instanceof HeartbeatException
                || error instanceof IOException;
        return nobody ? Meaning.UNREACHABLE : Meaning.TRANSIENT;
    }

    /** Whether a session cannot be opened because of who asks for it. */
    static boolean isLoginRefused(Throwable error) {
        return error instanceof AuthenticationException
                || (error instanceof AllNodesFailedException all
                        && all.getAllErrors().values().stream()
                                .flatMap(List::stream)
                                .anyMatch(AuthenticationException.class::isInstance));
    }

    /** The nodes were tried in turn: one that answered says more than those that did not. */
    private static Meaning ofAll(AllNodesFailedException all) {
        List<Throwable> errors =
                all.getAllErrors().values().stream().flatMap(List::stream).toList();
        if (errors.stream().anyMatch(e -> e instanceof CoordinatorException || e instanceof BusyConnectionException)) {
            return errors.stream().map(DriverErrors::meaning).anyMatch(m -> m == Meaning.REFUSED)
                    ? Meaning.REFUSED
                    : Meaning.TRANSIENT;
        }
        return errors.stream().anyMatch(AuthenticationException.class::isInstance)
                ? Meaning.HOPELESS
                : Meaning.UNREACHABLE;
    }

    /** Whether a node took the connection and then closed it. */
    static boolean isClosed(Throwable error) {
        return hidden(error, ClosedConnectionException.class, 0) != null;
    }

    /** The driver hides what happened to a connection among what is suppressed. */
    private static <T extends Throwable> @Nullable T hidden(@Nullable Throwable error, Class<T> type, int depth) {
        if (error == null || depth > MAX_DEPTH || type.isInstance(error)) {
            return type.isInstance(error) ? type.cast(error) : null;
        }
        for (Throwable suppressed : error.getSuppressed()) {
            T found = hidden(suppressed, type, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return hidden(error.getCause(), type, depth + 1);
    }

    /** What went wrong, without a full stop, for the middle or the end of a sentence. */
    static String sentence(Throwable error) {
        Throwable told = error;
        if (told instanceof CompletionException && told.getCause() != null) {
            told = told.getCause();
        }
        if (told instanceof NoNodeAvailableException) {
            return "no node is up";
        }
        if (told instanceof AllNodesFailedException all && !all.getAllErrors().isEmpty()) {
            told = all.getAllErrors().values().iterator().next().get(0);
        }
        ConnectException refused = hidden(told, ConnectException.class, 0);
        if (refused != null) {
            return String.valueOf(refused.getMessage()).startsWith("Connection refused")
                    ? "the connection was refused"
                    : String.valueOf(refused.getMessage());
        }
        String message = told.getMessage();
        String text = message == null || message.isBlank() ? told.getClass().getSimpleName() : message;
        String line = text.lines().findFirst().orElse(text).strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
