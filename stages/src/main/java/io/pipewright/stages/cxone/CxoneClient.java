package io.pipewright.stages.cxone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pipewright.stages.cxone.HttpFailure.Reason;
import io.pipewright.stages.cxone.HttpLogin.Denied;
import io.pipewright.stages.cxone.HttpLogin.Given;
import io.pipewright.stages.cxone.HttpLogin.Pass;
import java.time.Clock;
import java.time.Instant;
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
    private final HttpLogin login;
    private final @Nullable HttpFailure badOption;

    /** A client on the machine's own clock. */
    public CxoneClient(HttpEndpoint endpoint) {
        this(endpoint, Clock.systemUTC(), Sleeper.THREAD, new Random());
    }

    /** A client whose time and chance are the caller's; {@code random} must bear being used by several threads if the client is. */
    public CxoneClient(HttpEndpoint endpoint, Clock clock, Sleeper sleeper, RandomGenerator random) {
        this.endpoint = endpoint;
        transport = new Transport(endpoint.limits(), !(endpoint.auth() instanceof HttpAuth.ApiKey));
        retrying = new RetryingTransport(transport, endpoint.retry(), clock, sleeper, random);
        failures = new ApiFailures(endpoint.auth());
        badOption = Addresses.problemOf(endpoint.baseUrl());
        login = new HttpLogin(endpoint.auth(), retrying, clock);
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
        return get(url, retrying.deadlineFromNow());
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

    private HttpResult get(HttpUrl url, Instant deadline) {
        Pass pass = login.pass(deadline);
        if (pass instanceof Denied denied) {
            return denied.failure();
        }
        Given given = (Given) pass;
        RetryingTransport.Outcome outcome = send(url, given, deadline);
        if (!isUnauthorized(outcome) || !login.refused(given)) {
            return interpret(url, outcome, given);
        }
        Pass renewed = login.pass(deadline);
        if (renewed instanceof Denied denied) {
            return denied.failure();
        }
        Given second = (Given) renewed;
        RetryingTransport.Outcome last = send(url, second, deadline);
        if (isUnauthorized(last)) {
            login.refused(second);
        }
        return interpret(url, last, second);
    }

    private RetryingTransport.Outcome send(HttpUrl url, Given given, Instant deadline) {
        Request request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .build();
        return retrying.send(given.on(request), deadline);
    }

    private HttpResult interpret(HttpUrl url, RetryingTransport.Outcome outcome, Given given) {
        if (outcome.last() instanceof Attempt.Broken broken) {
            return ApiFailures.broken(url, broken.failure(), outcome.attempts());
        }
        Attempt.Answered answered = (Attempt.Answered) outcome.last();
        if (!answered.isSuccess()) {
            return failures.refused(url, answered, outcome.attempts(), given.hiddenTexts());
        }
        return answered.truncated()
                ? ApiFailures.tooLarge(url, answered.status())
                : new HttpAnswer(answered.status(), answered.body());
    }

    private static boolean isUnauthorized(RetryingTransport.Outcome outcome) {
        return outcome.last() instanceof Attempt.Answered answered && answered.status() == 401;
    }
}
