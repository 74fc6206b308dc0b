package io.pipewright.stages.http;

import java.time.Duration;

/** What statuses of HTTP say of asking again. */
final class HttpStatus {

    private HttpStatus() {}

    /** Whether the server cannot answer now, and perhaps can later. */
    static boolean isBusy(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    /** What the header {@code Retry-After} asks for; as a date it is not heeded. */
    static Duration retryAfter(String header) {
        return header.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(header)) : Duration.ZERO;
    }
}
