package io.pipewright.stages.cxone;

import io.pipewright.spi.option.Secret;
import io.pipewright.stages.cxone.HttpFailure.Reason;
import io.pipewright.stages.cxone.TokenResult.NoToken;
import io.pipewright.stages.cxone.TokenResult.Token;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request the header by which a server knows its client. An access token is asked for when the first request
 * needs it, and again shortly before it expires or when it was refused.
 *
 * <p>It may be shared by threads. Secrets are read once, when it is made.
 */
final class HttpLogin {

    static final String AUTHORIZATION = "Authorization";

    /** What may stand in a header; OkHttp's own message about anything else would show it. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*[\\x21-\\x7e]");

    private final @Nullable TokenSource tokens;

    /** What every request has where there are no tokens. */
    private final Pass fixed;

    /** What a request is sent with, or why it is not sent. */
    sealed interface Pass {}

    /** There is no login. */
    record Denied(HttpFailure failure) implements Pass {}

    /**
     * A header.
     *
     * @param name empty for none
     * @param hidden what no message may show of it
     * @param token that it is made of
     * @param cached whether the token was there before, so that the server may have revoked it since
     */
    record Given(String name, Secret value, List<Secret> hidden, @Nullable Token token, boolean cached)
            implements Pass {

        private static final Given NOTHING = new Given("", Secret.of(""), List.of(), null, false);

        private static Given of(String name, String value, List<Secret> hidden) {
            return new Given(name, Secret.of(value), hidden, null, false);
        }

        private static Given of(Token token, boolean cached) {
            String value = "Bearer " + token.value().reveal();
            return new Given(AUTHORIZATION, Secret.of(value), List.of(token.value()), token, cached);
        }

        Request on(Request request) {
            return name.isEmpty()
                    ? request
                    : request.newBuilder().header(name, value.reveal()).build();
        }

        List<String> hiddenTexts() {
            return hidden.stream().map(Secret::reveal).toList();
        }
    }

    /** @param transport by which tokens are asked for */
    HttpLogin(HttpAuth auth, RetryingTransport transport, Clock clock) {
        @Nullable HttpFailure problem = Addresses.problemOf(auth);
        tokens = problem == null ? tokens(auth, transport, clock) : null;
        fixed = problem == null ? fixed(auth) : new Denied(problem);
    }

    private static @Nullable TokenSource tokens(HttpAuth auth, RetryingTransport transport, Clock clock) {
        if (auth instanceof HttpAuth.ClientCredentials client) {
            HttpUrl url = HttpUrl.get(client.tokenUrl());
            return new TokenSource(TokenRequest.clientCredentials(url, client, transport, clock), clock);
        }
        if (auth instanceof HttpAuth.AccessKey key) {
            HttpUrl url = HttpUrl.get(key.tokenUrl());
            return new TokenSource(TokenRequest.accessKey(url, key, transport, clock), clock);
        }
        return null;
    }

    private static Pass fixed(HttpAuth auth) {
        if (auth instanceof HttpAuth.Basic basic) {
            String password = basic.password().reveal();
            String value = Credentials.basic(basic.username(), password, StandardCharsets.UTF_8);
            List<Secret> hidden = List.of(Secret.of(value.substring("Basic ".length())), Secret.of(password));
            return Given.of(AUTHORIZATION, value, hidden);
        }
        if (auth instanceof HttpAuth.Bearer bearer) {
            return printable(AUTHORIZATION, "Bearer ", bearer.token(), "token");
        }
        if (auth instanceof HttpAuth.ApiKey key) {
            return printable(key.header(), "", key.key(), "key");
        }
        return Given.NOTHING;
    }

    private static Pass printable(String header, String scheme, Secret secret, String option) {
        String text = secret.reveal();
        return PRINTABLE.matcher(text).matches()
                ? Given.of(header, scheme + text, List.of(Secret.of(text)))
                : new Denied(HttpFailure.unanswered(
                        Reason.BAD_OPTION,
                        "`" + option + "` of `auth` is empty, or holds what no header can.",
                        "Check the secret: it is printable ASCII on one line."));
    }

    /** What to send now; asks for a token if need be, until the deadline. */
    Pass pass(Instant deadline) {
        if (tokens == null) {
            return fixed;
        }
        TokenSource.Access access = tokens.access(deadline);
        return access.result() instanceof NoToken none
                ? new Denied(none.failure())
                : Given.of((Token) access.result(), access.cached());
    }

    /** The server did not accept it (401), so it is never used again; whether another one may be accepted. */
    boolean refused(Given given) {
        if (tokens == null || given.token() == null) {
            return false;
        }
        tokens.forget(given.token());
        // A token that was issued for this call will not be followed by a better one.
        return given.cached();
    }
}
