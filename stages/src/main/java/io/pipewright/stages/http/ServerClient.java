package io.pipewright.stages.http;

import io.pipewright.stages.cxone.HttpAuth;
import io.pipewright.stages.cxone.LoginFailedException;
import io.pipewright.stages.cxone.LoginInterceptor;
import io.pipewright.stages.cxone.TimeLimits;
import java.io.IOException;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * The client of a sink or a lookup: many requests at a time, each with the login of its connection. It follows no redirect,
 * so that a login goes nowhere else, and asks once: asking again is for its owner, who knows the rules.
 */
final class ServerClient implements AutoCloseable {

    private final HttpAuth auth;
    private final LoginInterceptor login;
    private final OkHttpClient client;

    /**
     * Reads the secrets of the login.
     *
     * @param requests how many are under way at a time
     */
    ServerClient(HttpAuth auth, HttpSinkPlan.Limits limits, int requests) {
        this.auth = auth;
        this.login = new LoginInterceptor(auth, new TimeLimits(limits.connect(), limits.read(), limits.call()));
        this.client = new OkHttpClient.Builder()
                .connectTimeout(limits.connect())
                .readTimeout(limits.read())
                .writeTimeout(limits.read())
                .callTimeout(limits.call())
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .addInterceptor(login)
                .build();
        client.dispatcher().setMaxRequests(requests);
        client.dispatcher().setMaxRequestsPerHost(requests);
    }

    void send(Request request, Callback answer) {
        client.newCall(request).enqueue(answer);
    }

    /** Whether no other request will fare better than one with this status: the login is not accepted. */
    boolean isShutOut(int status) {
        return status == 401 && !(auth instanceof HttpAuth.None);
    }

    /** Whether no other request will fare better than one that failed so: nobody gives us a login. */
    static boolean isShutOut(IOException error) {
        return error instanceof LoginFailedException login && !login.failure().isTransient();
    }

    /** Why there was no answer, as the end of "with …". */
    static String silence(IOException error) {
        return (error instanceof LoginFailedException ? "no login (" : "no answer (") + cause(error) + ")";
    }

    /** The shortest that says it, without a full stop. */
    static String cause(Throwable error) {
        return error instanceof LoginFailedException login
                ? login.failure().what().replaceFirst("\\.$", "")
                : error.getClass().getSimpleName();
    }

    /** What fails a job that is shut out. */
    static String refusal(String server) {
        return "The server " + server
                + " does not accept the login (401). Check `auth` of the connection and its secret;"
                + " a new one is read when the job starts again.";
    }

    @Override
    public void close() {
        login.close();
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
