package io.pipewright.stages.http;

import io.pipewright.spi.stage.CheckType.OutsideQuestion;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.stages.cxone.CxoneClient;
import io.pipewright.stages.cxone.HttpAnswer;
import io.pipewright.stages.cxone.HttpFailure;
import io.pipewright.stages.cxone.HttpResult;
import io.pipewright.stages.cxone.JsonAnswer;
import io.pipewright.stages.cxone.JsonResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets one answer and compares it with what is expected. */
final class HttpContract implements OutsideQuestion {

    private final HttpConnectionOptions connection;
    private final String path;
    private final int expectStatus;
    private final @Nullable OutputContract output;

    HttpContract(HttpConnectionOptions connection, String path, int expectStatus, @Nullable OutputContract output) {
        this.connection = connection;
        this.path = path;
        this.expectStatus = expectStatus;
        this.output = output;
    }

    @Override
    public List<OutsideProblem> ask() {
        try (CxoneClient client = new CxoneClient(connection.endpoint())) {
            if (output == null) {
                HttpResult result = client.get(path);
                return result instanceof HttpFailure failure
                        ? failed(failure)
                        : answered(((HttpAnswer) result).status());
            }
            JsonResult result = client.getJson(path);
            if (result instanceof HttpFailure failure) {
                return failed(failure);
            }
            JsonAnswer answer = (JsonAnswer) result;
            List<OutsideProblem> wrongStatus = answered(answer.status());
            return wrongStatus.isEmpty() ? output.compare(answer.body(), path) : wrongStatus;
        }
    }

    private List<OutsideProblem> failed(HttpFailure failure) {
        // A failure of a 2xx answer is about its body.
        boolean expected = failure.status() == expectStatus && expectStatus > 299;
        return expected ? List.of() : List.of(new OutsideProblem(failure.what(), failure.action()));
    }

    private List<OutsideProblem> answered(int status) {
        return status == expectStatus
                ? List.of()
                : List.of(new OutsideProblem(
                        "`" + path + "` answers with status " + status + ", not " + expectStatus + ".",
                        "check `path`, or write the status that is right as `expectStatus`."));
    }
}
