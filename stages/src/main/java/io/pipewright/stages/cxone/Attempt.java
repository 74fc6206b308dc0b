package io.pipewright.stages.cxone;

import okhttp3.Headers;

/** What one request came to, before anyone decides what it means. */
sealed interface Attempt {

    /**
     * The server answered, with any status.
     *
     * @param truncated whether the body went on after what was read of it
     */
    record Answered(int status, Headers headers, String body, boolean truncated) implements Attempt {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        boolean isTransient() {
            return status == 429 || status >= 500;
        }
    }

    /**
     * There was no answer, or none that could be read.
     *
     * @param isTransient whether a further attempt may end otherwise
     */
    record Broken(HttpFailure failure, boolean isTransient) implements Attempt {}
}
