package io.pipewright.sandbox.cxone;

import java.time.Duration;
import java.util.Set;

/**
 * Whom {@link CxoneApiSimulator} knows and what it grants.
 *
 * @param accessKey the user name of the access-key login, the second grant
 * @param accessSecret its password
 * @param actionId the one Data Action there is
 * @param scopes what a token carries
 * @param tokenLife how long a token is taken
 */
public record ApiAccount(
        String clientId,
        String clientSecret,
        String accessKey,
        String accessSecret,
        String actionId,
        Set<String> scopes,
        Duration tokenLife) {
    /** The scope without which no Data Action may be read. */
    public static final String READ_SCOPE = "data_actions:read";

    /** Copies the scopes. */
    public ApiAccount {
        scopes = Set.copyOf(scopes);
    }

    /** An account that may read; tokens live an hour. */
    public static ApiAccount sandbox() {
        return new ApiAccount(
                "sandbox-client",
                "sandbox-secret",
                "sandbox-access-key",
                "sandbox-access-secret",
                "interaction-events",
                Set.of(READ_SCOPE),
                Duration.ofHours(1));
    }

    /** The same with other scopes. */
    public ApiAccount withScopes(Set<String> granted) {
        return new ApiAccount(clientId, clientSecret, accessKey, accessSecret, actionId, granted, tokenLife);
    }

    /** The same with another life of tokens. */
    public ApiAccount withTokenLife(Duration life) {
        return new ApiAccount(clientId, clientSecret, accessKey, accessSecret, actionId, scopes, life);
    }
}
