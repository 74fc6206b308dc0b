package io.pipewright.stages.http;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.option.TypeName;
import io.pipewright.stages.cxone.HttpAuth;
import io.pipewright.stages.cxone.HttpEndpoint;
import io.pipewright.stages.cxone.RetryPolicy;
import io.pipewright.stages.cxone.TimeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The options of an {@code http} connection. */
public record HttpConnectionOptions(
        @Option(doc = "Where the API is, as `https://host` or `https://host/path`; paths are put behind it.")
                String baseUrl,
        @Option(doc = "How the pipeline proves who it is; without it no credentials are sent.") @Nullable Auth auth,
        @Option(doc = "How long one attempt of a call may take; the defaults hold without it.") @Nullable
                Timeouts timeouts,
        @Option(
                        doc = "How often a call of a check is tried again after 429, 5xx or a broken connection; the"
                                + " defaults hold without it. Sinks and lookups have a `retry` of their own.")
                @Nullable
                Retry retry) {

    /** The {@code auth} block. */
    public sealed interface Auth permits OAuth2, Basic, Bearer, ApiKey {
        /** The same in the client's terms; only for options that were checked. */
        HttpAuth toClient();

        /** The header that proves it. */
        default String header() {
            return "Authorization";
        }
    }

    /** A user and a password. */
    @TypeName("basic")
    public record Basic(
            @Option(doc = "The user's name.") String username,
            @Option(doc = "The user's password.", secret = true) Secret password)
            implements Auth {

        @Override
        public HttpAuth toClient() {
            return new HttpAuth.Basic(username, password);
        }
    }

    /** A token that does not change. */
    @TypeName("bearer")
    public record Bearer(@Option(doc = "The token, sent as `Authorization: Bearer …`.", secret = true) Secret token)
            implements Auth {

        @Override
        public HttpAuth toClient() {
            return new HttpAuth.Bearer(token);
        }
    }

    /** A key in a header of its own. */
    @TypeName("apiKey")
    public record ApiKey(
            @Option(doc = "The header that holds the key.", defaultValue = "X-API-Key") String header,
            @Option(doc = "The key.", secret = true) Secret key)
            implements Auth {

        @Override
        public HttpAuth toClient() {
            return new HttpAuth.ApiKey(header, key);
        }
    }

    /** An access token of an OAuth 2.0 server. */
    @TypeName("oauth2")
    public record OAuth2(
            @Option(
                            doc =
                                    "How the token is asked for: with the client's own credentials, or with an access key,"
                                            + " NICE's back-end login.",
                            defaultValue = "clientCredentials")
                    Grant grant,
            @Option(doc = "Where tokens are given out, such as `https://host/oauth/token`.") String tokenUrl,
            @Option(doc = "The client's id.") String clientId,
            @Option(doc = "The client's secret.", secret = true) Secret clientSecret,
            @Option(doc = "The scopes to ask for (`clientCredentials`); without them the server decides.") @Nullable
                    List<String> scopes,
            @Option(doc = "The id of the access key; needed with `accessKey`.") @Nullable String accessKeyId,
            @Option(doc = "The secret of the access key; needed with `accessKey`.", secret = true) @Nullable
                    Secret accessKeySecret)
            implements Auth {

        /** How a token is asked for. */
        public enum Grant {
            CLIENT_CREDENTIALS,
            ACCESS_KEY
        }

        @Override
        public HttpAuth toClient() {
            return switch (grant) {
                case CLIENT_CREDENTIALS -> new HttpAuth.ClientCredentials(
                        tokenUrl, clientId, clientSecret, scopes == null ? List.of() : scopes);
                case ACCESS_KEY -> new HttpAuth.AccessKey(
                        tokenUrl,
                        clientId,
                        clientSecret,
                        Objects.requireNonNull(accessKeyId),
                        Objects.requireNonNull(accessKeySecret));
            };
        }
    }

    /** The {@code timeouts} block. */
    public record Timeouts(
            @Option(
                            doc = "Until the connection stands, for each address of the host.",
                            defaultValue = "5s",
                            least = "1ms")
                    Duration connect,
            @Option(doc = "Between two bytes of the answer.", defaultValue = "10s", least = "1ms") Duration read,
            @Option(
                            doc = "For the whole attempt, redirects and reading the body included.",
                            defaultValue = "20s",
                            least = "1ms")
                    Duration call) {}

    /** The {@code retry} block. */
    public record Retry(
            @Option(doc = "Attempts in all, the first included; 1 means no retry.", defaultValue = "5", least = "1")
                    int maxAttempts,
            @Option(
                            doc =
                                    "The longest wait before the second attempt; it doubles with each further one, and each"
                                            + " wait is random up to its bound.",
                            defaultValue = "500ms",
                            least = "1ms")
                    Duration firstBackoff,
            @Option(
                            doc = "The longest of all waits, also of one that the server asks for with `Retry-After`.",
                            defaultValue = "10s",
                            least = "1ms")
                    Duration maxBackoff,
            @Option(
                            doc = "For all attempts and waits of one call together, the token's included.",
                            defaultValue = "30s",
                            least = "1ms")
                    Duration overall) {}

    /** The login that these options describe; only for options that were checked. */
    HttpAuth login() {
        return auth == null ? new HttpAuth.None() : auth.toClient();
    }

    /** The endpoint that these options describe; only for options that were checked. */
    HttpEndpoint endpoint() {
        TimeLimits limits = timeouts == null
                ? TimeLimits.DEFAULTS
                : new TimeLimits(timeouts.connect(), timeouts.read(), timeouts.call());
        RetryPolicy policy = retry == null
                ? RetryPolicy.DEFAULTS
                : new RetryPolicy(retry.maxAttempts(), retry.firstBackoff(), retry.maxBackoff(), retry.overall());
        return new HttpEndpoint(baseUrl, login(), limits, policy);
    }
}
