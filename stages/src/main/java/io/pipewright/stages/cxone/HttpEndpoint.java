package io.pipewright.stages.cxone;

/**
 * Where an API is and how to talk to it.
 *
 * @param baseUrl {@code http} or {@code https}, with or without a path; a wrong one is a failure of the first call, not an exception
 */
public record HttpEndpoint(String baseUrl, HttpAuth auth, TimeLimits limits, RetryPolicy retry) {

    /** An endpoint with the default time limits and retries. */
    public static HttpEndpoint of(String baseUrl, HttpAuth auth) {
        return new HttpEndpoint(baseUrl, auth, TimeLimits.DEFAULTS, RetryPolicy.DEFAULTS);
    }
}
