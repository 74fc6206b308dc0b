package io.pipewright.stages.cxone;

/**
 * Why a call did not succeed, in words for the person who configured it.
 *
 * <p>Neither text holds a secret or a token, nor more of the server's answer than a short excerpt without control characters.
 *
 * @param status of the HTTP answer, or {@link #NO_STATUS} when there was none
 * @param what happened, one sentence
 * @param action what to do about it, one sentence
 */
public record HttpFailure(Reason reason, int status, String what, String action) implements HttpResult, JsonResult {

    /** Stands for the status where no answer came. */
    public static final int NO_STATUS = 0;

    /** The kinds of failure that callers tell apart. */
    public enum Reason {
        /** The base URL, the token URL, the path or the client id cannot be used as written. */
        BAD_OPTION,
        /** No connection, or one that broke: unknown host, refused, reset. */
        UNREACHABLE,
        /** A time limit ran out. */
        TIMED_OUT,
        /** The TLS handshake failed. */
        TLS,
        /** The server does not accept the credentials or the token: 401 and its kin. */
        WRONG_CREDENTIALS,
        /** The credentials are good but do not allow this: 403, a scope or grant that is not allowed. */
        FORBIDDEN,
        /** There is nothing at this path: 404. */
        NOT_FOUND,
        /** Too many requests, still so after all retries: 429. */
        BUSY,
        /** The server failed, still so after all retries: 5xx. */
        SERVER_ERROR,
        /** A redirect that goes in circles or may not be followed. */
        REDIRECTED,
        /** An answer that is too large, not JSON, or without what it must have. */
        UNREADABLE,
        /** Any other status that is not 2xx. */
        REFUSED,
        /** The calling thread was interrupted; its flag is set again. */
        INTERRUPTED
    }

    /** Whether the same call may end otherwise later. */
    public boolean isTransient() {
        return switch (reason) {
            case UNREACHABLE, TIMED_OUT, BUSY, SERVER_ERROR, INTERRUPTED -> true;
            default -> false;
        };
    }

    /** What happened, then what to do. */
    public String message() {
        return what + " " + action;
    }

    static HttpFailure unanswered(Reason reason, String what, String action) {
        return new HttpFailure(reason, NO_STATUS, what, action);
    }
}
