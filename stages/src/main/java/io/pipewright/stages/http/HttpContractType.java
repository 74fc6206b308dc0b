package io.pipewright.stages.http;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.CheckType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        OutputContract contract = matches == null ? null : contract(matches, in);
        if (connection.isEmpty() || !right || (matches != null && contract == null)) {
            return Optional.empty();
        }
        return Optional.of(new HttpContract(connection.get(), options.path(), options.expectStatus(), contract));
    }

    private static boolean pathIsRight(String path, Context in) {
        boolean right = path.startsWith("/") || path.startsWith("${");
        if (!right) {
            in.error("bad-value", "path", "`path` does not begin with a slash.", "Write it as `/api/v2/…`.");
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
                    "Write one from 200 to 599.");
            return false;
        }
        if (options.outputMatches() != null && status > 299) {
            in.error(
                    "conflicting-options",
                    "expectStatus",
                    "An answer with status `" + status + "` describes no output.",
                    "Expect a status from 200 to 299, or remove `outputMatches`.");
            return false;
        }
        return true;
    }

    /** Null if an error was reported. */
    private static @Nullable OutputContract contract(HttpContractOptions.OutputMatches matches, Context in) {
        DeclaredRecord record = in.record(matches.record());
        List<String> names = record.type().names();
        boolean right = true;
        for (int i = 0; i < matches.exceptions().size(); i++) {
            String name = matches.exceptions().get(i);
            if (!name.contains("${") && !names.contains(name)) {
                in.error(
                        "unknown-field",
                        "outputMatches.except[" + i + "]",
                        "`" + record.name() + "` has no field `" + name + "`.",
                        "Fields: " + String.join(", ", names) + ".");
                right = false;
            }
        }
        return right ? new OutputContract(record, matches.exceptions()) : null;
    }
}
