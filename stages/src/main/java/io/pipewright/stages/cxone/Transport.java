package io.pipewright.stages.cxone;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Sends a request once, within the time limits, and reads a bounded body. */
final class Transport {

    private final OkHttpClient client;
    private final OkHttpClient withoutRedirects;
    private final Duration callLimit;

    /** @param followRedirects not where a request has a header that OkHttp would not take off before it goes elsewhere */
    Transport(TimeLimits limits, boolean followRedirects) {
        callLimit = limits.call();
        client = new OkHttpClient.Builder()
                .connectTimeout(limits.connect())
                .readTimeout(limits.read())
                .writeTimeout(limits.read())
                // From https to http, or back, is a change that the pipeline's author should make.
                .followSslRedirects(false)
                .followRedirects(followRedirects)
                .build();
        withoutRedirects = client.newBuilder().followRedirects(false).build();
    }

    /** Sends; {@code remaining} is what is left of the overall limit and shortens the attempt's own. */
    Attempt send(Request request, Duration remaining) {
        // Credentials in a body are not taken to wherever an answer points.
        OkHttpClient sender = request.body() == null ? client : withoutRedirects;
        Call call = sender.newCall(request);
        Duration limit = remaining.compareTo(callLimit) < 0 ? remaining : callLimit;
        call.timeout().timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            return read(response);
        } catch (IOException e) {
            return NetworkFailures.explain(e, request.url());
        }
    }

    void close() {
        client.connectionPool().evictAll();
    }

    /** Ends the calls under way too. */
    void cancel() {
        client.dispatcher().cancelAll();
        close();
    }

    private static Attempt.Answered read(Response response) throws IOException {
        ResponseBody body = response.body();
        if (body == null) {
            return new Attempt.Answered(response.code(), response.headers(), "", false);
        }
        Buffer read = new Buffer();
        BufferedSource source = body.source();
        while (read.size() <= CxoneClient.MAX_BODY_BYTES) {
            if (source.read(read, CxoneClient.MAX_BODY_BYTES + 1L - read.size()) == -1) {
                break;
            }
        }
        boolean truncated = read.size() > CxoneClient.MAX_BODY_BYTES;
        String text = read.readString(Math.min(read.size(), CxoneClient.MAX_BODY_BYTES), charset(body.contentType()));
        return new Attempt.Answered(response.code(), response.headers(), text, truncated);
    }

    private static Charset charset(@Nullable MediaType type) {
        Charset named = type == null ? null : type.charset();
        return named == null ? StandardCharsets.UTF_8 : named;
    }
}
