package io.pipewright.stages.http;

import io.pipewright.spi.stage.CheckType;
import java.util.Optional;

/** The {@code httpContract} check: an API answers as expected, and its output fits a record. */
public final class HttpContractType implements CheckType<HttpContractOptions> {

    @Override
    public String name() {
        return "httpContract";
    }

    @Override
    public String summary() {
        return "Asks an API and compares its answer with what the pipeline was written for.";
    }

    @Override
    public Class<HttpContractOptions> optionsType() {
        return HttpContractOptions.class;
    }

    @Override
    public Optional<OutsideQuestion> plan(HttpContractOptions options, Context in) {
        Optional<HttpConnectionOptions> connection = in.connection(options.connection(), HttpConnectionOptions.class);
        boolean right = pathIsRight(options.path(), in) & statusIsRight(options, in);
        HttpContractOptions.OutputMatches matches = options.outputMatches();
        OutputContract contract =
                matches == null ? null : new OutputContract(in.record(matches.record()), matches.exceptions());
        return right
                ? connection.map(known -> new HttpContract(known, options.path(), options.expectStatus(), contract))
                : Optional.empty();
    }

    private static boolean pathIsRight(String path, Context in) {
        boolean right = path.startsWith("/") || path.startsWith("${");
        if (!right) {
            in.error("bad-value", "path", "`path` does not begin with a slash.", "write it as `/api/v2/…`.");
        }
        return right;
    }

    private static boolean statusIsRight(HttpContractOptions options, Context in) {
        int status = options.expectStatus();
        if (status < 200 || status > 599) {
            in.error(
                    "bad-value",
                    "expectStatus",
                    "`" + status + "` is not a status that an answer ends with.",
                    "write one from 200 to 599.");
            return false;
        }
        if (options.outputMatches() != null && status > 299) {
            in.error(
                    "conflicting-options",
                    "expectStatus",
                    "An answer with status `" + status + "` describes no output.",
                    "expect a status from 200 to 299, or remove `outputMatches`.");
            return false;
        }
        return true;
    }
}
