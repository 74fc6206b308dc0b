package io.pipewright.stages.cxone;

import io.pipewright.stages.cxone.HttpLogin.Denied;
import io.pipewright.stages.cxone.HttpLogin.Given;
import io.pipewright.stages.cxone.HttpLogin.Pass;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Sends each request of a client with the header by which the server knows it. A request whose access token is refused is
 * sent once more, with a new token.
 *
 * <p>A token is asked for once for each request that needs a new one: asking again is for the caller, as it is with the
 * request itself, which fails with a {@link LoginFailedException}.
 */
public final class LoginInterceptor implements Interceptor, AutoCloseable {

    private static final int UNAUTHORIZED = 401;

    private final Transport transport;
    private final RetryingTransport single;
    private final HttpLogin login;

    /**
     * Reads the secrets.
     *
     * @param limits of asking for a token
     */
    public LoginInterceptor(HttpAuth auth, TimeLimits limits) {
        Duration instant = Duration.ofMillis(1);
        RetryPolicy once = new RetryPolicy(1, instant, instant, limits.call());
        Clock clock = Clock.systemUTC();
        transport = new Transport(limits, false);
        single = new RetryingTransport(transport, once, clock, Sleeper.THREAD, new Random());
        login = new HttpLogin(auth, single, clock);
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Instant deadline = single.deadlineFromNow();
        Given given = given(deadline);
        Response response = chain.proceed(given.on(chain.request()));
        if (response.code() != UNAUTHORIZED || !login.refused(given)) {
            return response;
        }
        response.close();
        Given second = given(deadline);
        Response last = chain.proceed(second.on(chain.request()));
        if (last.code() == UNAUTHORIZED) {
            login.refused(second);
        }
        return last;
    }

    private Given given(Instant deadline) throws LoginFailedException {
        Pass pass = login.pass(deadline);
        if (pass instanceof Denied denied) {
            throw new LoginFailedException(denied.failure());
        }
        return (Given) pass;
    }

    /** Gives up what is being asked for a token. */
    @Override
    public void close() {
        transport.cancel();
    }
}
