package io.pipewright.stages.cxone;

import io.pipewright.stages.cxone.HttpFailure.Reason;
import okhttp3.HttpUrl;

/** Phrases that the texts of all failures share: where it was, and how often it was tried. */
final class Places {

    private Places() {}

    /** The URL without user, password, query and fragment, each of which may hold a secret. */
    static String of(HttpUrl url) {
        HttpUrl bare = url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build();
        return "`" + bare + "`";
    }

    static String after(int attempts) {
        return attempts == 1 ? "" : " after " + attempts + " attempts";
    }

    /** 429 and 5xx that did not go away. */
    static HttpFailure exhausted(String place, Attempt.Answered answer, int attempts) {
        int status = answer.status();
        if (status == 429) {
            return new HttpFailure(
                    Reason.BUSY,
                    status,
                    place + " is asked too often: its last answer was 429" + after(attempts) + ".",
                    "Wait a few minutes, or have the rate limit of the client raised.");
        }
        return new HttpFailure(
                Reason.SERVER_ERROR,
                status,
                place + " fails: its last answer was " + status + after(attempts) + ".",
                "Try again later; when it stays so, ask the operator of the API.");
    }
}
