package io.pipewright.stages.cxone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.cxone.TokenResult.NoToken;
import io.pipewright.stages.cxone.TokenResult.Token;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Asks the token URL for an access token and reads the answer (RFC 6749, 5.1). */
final class TokenRequest {

    /** A token is renewed this much before it expires, or a fifth of its life where that is shorter. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** Where the answer has no {@code expires_in}, which the RFC only recommends. */
    private static final long UNSTATED_LIFE_SECONDS = 300;

    /** Keeps the arithmetic in range; no one issues access tokens for longer. */
    private static final long MAX_LIFE_SECONDS = Duration.ofDays(365).toSeconds();

    /** What may stand in an Authorization header. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final HttpUrl url;
    private final Request request;
    private final RetryingTransport transport;
    private final Clock clock;
    private final TokenFailures failures;

    private TokenRequest(
            HttpUrl url, Request request, TokenFailures failures, RetryingTransport transport, Clock clock) {
        this.url = url;
        this.request = request;
        this.failures = failures;
        this.transport = transport;
        this.clock = clock;
    }

    static TokenRequest clientCredentials(
            HttpUrl url, HttpAuth.ClientCredentials auth, RetryingTransport transport, Clock clock) {
        FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
        if (!auth.scopes().isEmpty()) {
            form.add("scope", String.join(" ", auth.scopes()));
        }
        String basic = basic(auth.clientId(), auth.clientSecret());
        List<String> hidden = List.of(encoded(basic), auth.clientSecret().reveal());
        return new TokenRequest(
                url,
                request(url, basic, form.build()),
                new TokenFailures(url, "client id and client secret", auth.scopes(), hidden),
                transport,
                clock);
    }

    static TokenRequest accessKey(HttpUrl url, HttpAuth.AccessKey auth, RetryingTransport transport, Clock clock) {
        FormBody form = new FormBody.Builder()
                .add("grant_type", "password")
                .add("username", auth.accessKeyId())
                .add("password", auth.accessKeySecret().reveal())
                .build();
        String basic = basic(auth.clientId(), auth.clientSecret());
        List<String> hidden = List.of(
                encoded(basic),
                auth.clientSecret().reveal(),
                auth.accessKeySecret().reveal());
        return new TokenRequest(
                url,
                request(url, basic, form),
                new TokenFailures(url, "client id, client secret and access key", List.of(), hidden),
                transport,
                clock);
    }

    HttpUrl url() {
        return url;
    }

    /** Sends, with retries; the life of the token is counted from before that: too short rather than too long. */
    TokenResult send(Instant deadline) {
        Instant before = clock.instant();
        RetryingTransport.Outcome outcome = transport.send(request, deadline);
        if (outcome.last() instanceof Attempt.Broken broken) {
            return new NoToken(failures.broken(broken.failure(), outcome.attempts()));
        }
        Attempt.Answered answered = (Attempt.Answered) outcome.last();
        return answered.isSuccess()
                ? token(answered, before)
                : new NoToken(failures.refused(answered, outcome.attempts()));
    }

    private TokenResult token(Attempt.Answered answered, Instant from) {
        JsonNode body;
        try {
            body = answered.truncated() ? JSON.getNodeFactory().nullNode() : JSON.readTree(answered.body());
        } catch (JsonProcessingException e) {
            return new NoToken(failures.unreadable(answered.status(), "is not JSON"));
        }
        String value = body.path("access_token").textValue();
        if (value == null || !PRINTABLE.matcher(value).matches()) {
            return new NoToken(failures.unreadable(answered.status(), "has no usable `access_token`"));
        }
        if (!body.path("token_type").asText("bearer").equalsIgnoreCase("bearer")) {
            return new NoToken(failures.unreadable(answered.status(), "has a token of another type than `Bearer`"));
        }
        // Also as text: some servers quote the number. What is no number counts as unstated.
        long life = Math.min(Math.max(body.path("expires_in").asLong(UNSTATED_LIFE_SECONDS), 0), MAX_LIFE_SECONDS);
        Duration margin = Duration.ofSeconds(Math.min(MARGIN.toSeconds(), life / 5));
        return new Token(Secret.of(value), from.plusSeconds(life).minus(margin));
    }

    private static String basic(String clientId, Secret clientSecret) {
        return Credentials.basic(clientId, clientSecret.reveal(), StandardCharsets.UTF_8);
    }

    /** What follows the word {@code Basic}: as good as the secret itself. */
    private static String encoded(String basic) {
        return basic.substring(basic.indexOf(' ') + 1);
    }

    private static Request request(HttpUrl url, String basic, FormBody form) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", basic)
                .header("Accept", "application/json")
                .post(form)
                .build();
    }
}
