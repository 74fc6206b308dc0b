package io.pipewright.stages.cxone;

import io.pipewright.spi.option.Secret;
import java.io.Serializable;
import java.util.List;

/** How a client proves who it is to an API. Secrets are read where it logs in, not before. */
public sealed interface HttpAuth extends Serializable {

    /** Sends no credentials. */
    record None() implements HttpAuth {}

    /** A user and a password with every request (RFC 7617). */
    record Basic(String username, Secret password) implements HttpAuth {}

    /** A token that somebody else has asked for, with every request (RFC 6750). */
    record Bearer(Secret token) implements HttpAuth {}

    /** A key with every request, in a header of the server's choice. */
    record ApiKey(String header, Secret key) implements HttpAuth {}

    /**
     * OAuth 2.0 client credentials (RFC 6749, 4.4), the client named by HTTP Basic.
     *
     * <p>Id and secret go into the Basic header as they are, as CXone documents it, and not form-encoded first as RFC 6749, 2.3.1 has it:
     * the two differ only for characters such as {@code @} and {@code %}.
     *
     * @param scopes asked for, in this order; none leaves the choice to the server
     */
    record ClientCredentials(String tokenUrl, String clientId, Secret clientSecret, List<String> scopes)
            implements HttpAuth {
        /** Copies the scopes. */
        public ClientCredentials {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * NICE's back-end login: a password grant with an access key, the client named by HTTP Basic.
     *
     * @param tokenUrl usually ends in {@code /auth/token}
     */
    record AccessKey(String tokenUrl, String clientId, Secret clientSecret, String accessKeyId, Secret accessKeySecret)
            implements HttpAuth {}
}
