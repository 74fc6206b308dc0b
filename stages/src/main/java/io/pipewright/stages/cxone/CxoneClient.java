package io.pipewright.stages.cxone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pipewright.stages.cxone.HttpFailure.Reason;
import io.pipewright.stages.cxone.TokenResult.NoToken;
import io.pipewright.stages.cxone.TokenResult.Token;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the CXone API: logs in when needed, tries again what may pass, and returns every failure as a value.
 *
 * <p>It may be shared by threads. The token is kept until shortly before it expires. What is not promised: that a 2xx answer has the content
 * type, or the fields, that the caller hopes for.
 */
public final class CxoneClient implements AutoCloseable {

    /** The largest body that is read, 1 MiB, after decompression. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final HttpEndpoint endpoint;
    private final Transport transport;
    private final RetryingTransport retrying;
    private final ApiFailures failures;
    private final @Nullable TokenSource tokens;
    private final @Nullable HttpFailure badOption;

    /** A client on the machine's own clock. */
    public CxoneClient(HttpEndpoint endpoint) {
        this(endpoint, Clock.systemUTC(), Sleeper.THREAD, new Random());
    }

    /** A client whose time and chance are the caller's; {@code random} must bear being used by several threads if the client is. */
    public CxoneClient(HttpEndpoint endpoint, Clock clock, Sleeper sleeper, RandomGenerator random) {
        this.endpoint = endpoint;
        transport = new Transport(endpoint.limits());
        retrying = new RetryingTransport(transport, endpoint.retry(), clock, sleeper, random);
        failures = new ApiFailures(endpoint.auth());
        badOption = Addresses.problemOf(endpoint);
        tokens = badOption == null ? tokens(endpoint.auth(), clock) : null;
    }

    /**
     * Gets what is at a path below the base URL.
     *
     * @param path begins with a slash; may have a query
     */
    public HttpResult get(String path) {
        if (badOption != null) {
            return badOption;
        }
        @Nullable HttpUrl url = Addresses.below(endpoint.baseUrl(), path);
        if (url == null) {
            return HttpFailure.unanswered(
                    Reason.BAD_OPTION, "`path` does not begin with a slash.", "Write it as `/api/v2/…`.");
        }
        Instant deadline = retrying.deadlineFromNow();
        return tokens == null ? interpret(url, send(url, null, deadline), null) : getWithToken(tokens, url, deadline);
    }

    /** As {@link #get}, for a path whose answer must be JSON. */
    public JsonResult getJson(String path) {
        HttpResult result = get(path);
        if (result instanceof HttpFailure failure) {
            return failure;
        }
        HttpAnswer answer = (HttpAnswer) result;
        try {
            JsonNode body = JSON.readTree(answer.body());
            if (!body.isMissingNode()) {
                return new JsonAnswer(answer.status(), body);
            }
        } catch (JsonProcessingException e) {
            // Said below, in words of ours: Jackson's text quotes the source.
        }
        HttpUrl url = Addresses.require(endpoint.baseUrl(), path);
        return ApiFailures.notJson(Places.of(url), answer.status());
    }

    /** Closes idle connections; calls under way go on. */
    @Override
    public void close() {
        transport.close();
    }

    private HttpResult getWithToken(TokenSource source, HttpUrl url, Instant deadline) {
        TokenSource.Access access = source.access(deadline);
        if (access.result() instanceof NoToken none) {
            return none.failure();
        }
        Token token = (Token) access.result();
        RetryingTransport.Outcome outcome = send(url, token, deadline);
        if (!isUnauthorized(outcome)) {
            return interpret(url, outcome, token);
        }
        // Refused now, so never good again.
        source.forget(token);
        // A token that was issued for this call will not be followed by a better one.
        if (!access.cached()) {
            return interpret(url, outcome, token);
        }
        TokenResult renewed = source.access(deadline).result();
        if (renewed instanceof NoToken none) {
            return none.failure();
        }
        Token second = (Token) renewed;
        RetryingTransport.Outcome last = send(url, second, deadline);
        if (isUnauthorized(last)) {
            source.forget(second);
        }
        return interpret(url, last, second);
    }

    private RetryingTransport.Outcome send(HttpUrl url, @Nullable Token token, Instant deadline) {
        Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token.value().reveal());
        }
        return retrying.send(request.build(), deadline);
    }

    private HttpResult interpret(HttpUrl url, RetryingTransport.Outcome outcome, @Nullable Token token) {
        if (outcome.last() instanceof Attempt.Broken broken) {
            return ApiFailures.broken(url, broken.failure(), outcome.attempts());
        }
        Attempt.Answered answered = (Attempt.Answered) outcome.last();
        if (!answered.isSuccess()) {
            List<String> hidden =
                    token == null ? List.of() : List.of(token.value().reveal());
            return failures.refused(url, answered, outcome.attempts(), hidden);
        }
        return answered.truncated()
                ? ApiFailures.tooLarge(url, answered.status())
                : new HttpAnswer(answered.status(), answered.body());
    }

    private static boolean isUnauthorized(RetryingTransport.Outcome outcome) {
        return outcome.last() instanceof Attempt.Answered answered && answered.status() == 401;
    }

    private @Nullable TokenSource tokens(HttpAuth auth, Clock clock) {
        if (auth instanceof HttpAuth.ClientCredentials client) {
            HttpUrl url = HttpUrl.get(client.tokenUrl());
            return new TokenSource(TokenRequest.clientCredentials(url, client, retrying, clock), clock);
        }
        if (auth instanceof HttpAuth.AccessKey key) {
            HttpUrl url = HttpUrl.get(key.tokenUrl());
            return new TokenSource(TokenRequest.accessKey(url, key, retrying, clock), clock);
        }
        return null;
    }
}
