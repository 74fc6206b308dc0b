package io.pipewright.stages.http;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Asks by GET requests; what a status means is what it means to the sink, but 404 and 410, which say that there is nothing. */
final class HttpAnswerClient implements AnswerClient {

    private static final long MOST_BYTES = 16L << 20;

    private final HttpAnswersPlan plan;
    private final QuestionUrl urls;
    private final ServerClient client;

    /** Serves one thread at a time, and answers come on several. */
    private final RecordDecoder decoder;

    HttpAnswerClient(HttpAnswersPlan plan) {
        this.plan = plan;
        this.urls = new QuestionUrl(plan.baseUrl() + plan.path(), plan.question());
        this.decoder = plan.format().decoder(plan.answer());
        this.client = new ServerClient(plan.auth(), plan.limits(), plan.capacity());
    }

    @Override
    public CompletionStage<Answer> ask(DataRecord question) {
        HttpUrl url;
        try {
            url = urls.of(question);
        } catch (EvaluationException e) {
            return CompletableFuture.completedFuture(new Answer.Refused(e.code(), e.reason()));
        }
        Request.Builder request = new Request.Builder().url(url);
        plan.headers().forEach(request::header);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        client.send(request.build(), new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                if (ServerClient.isShutOut(e)) {
                    answer.completeExceptionally(e);
                } else {
                    answer.complete(silent(e));
                }
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    answer.complete(read(response));
                } catch (IOException e) {
                    answer.complete(silent(e));
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e); // else the record would wait for ever
                }
            }
        });
        return answer;
    }

    private static Answer silent(IOException error) {
        return new Answer.Silent(ServerClient.silence(error));
    }

    private Answer read(Response response) throws IOException {
        int status = response.code();
        if (client.isShutOut(status)) {
            throw new HttpUnavailableException(ServerClient.refusal(plan.server()), null);
        }
        if (status == 404 || status == 410) {
            return new Answer.Nothing();
        }
        if (HttpStatus.isBusy(status)) {
            Duration wait = HttpStatus.retryAfter(String.valueOf(response.header("Retry-After", "")));
            return new Answer.Busy("status " + status, wait);
        }
        if (status < 200 || status > 299) {
            return new Answer.Refused("refused", "The server answered with status " + status + ".");
        }
        byte[] body = response.peekBody(MOST_BYTES + 1).bytes();
        if (body.length > MOST_BYTES) {
            return new Answer.Refused("too-large", "The answer has more than " + MOST_BYTES + " bytes.");
        }
        return plan.blankIsNothing() && plan.format().framing().isBlank(body)
                ? new Answer.Nothing()
                : decoded(body, response.request().url());
    }

    private Answer decoded(byte[] body, HttpUrl url) {
        Decoded decoded;
        synchronized (decoder) {
            decoded = decoder.decode(body, new Origin(url.toString(), 0, 0));
        }
        if (decoded instanceof Decoded.Ok ok) {
            return new Answer.Found(ok.record());
        }
        Decoded.Malformed malformed = (Decoded.Malformed) decoded;
        return new Answer.Refused(malformed.code(), "The answer is malformed: " + malformed.reason());
    }

    @Override
    public void close() {
        client.close();
    }
}
