package io.pipewright.stages.http;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.PlanContext;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be a header of a request. */
final class HttpHeaders {

    /** Those that we, or the protocol, set. */
    private static final Set<String> OWN =
            Set.of("content-type", "content-length", "content-encoding", "transfer-encoding", "host", "connection");

    private HttpHeaders() {}

    /**
     * Reports names and texts that no header can have.
     *
     * @param option where the headers stand
     */
    static void check(@Nullable Map<String, String> headers, String option, PlanContext in) {
        if (headers == null) {
            return;
        }
        headers.forEach((name, value) -> {
            checkName(name, OptionPath.key(option + "." + name), in);
            if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
                in.error(
                        "bad-value",
                        option + "." + name,
                        "A header holds printable ASCII alone, and that of `" + name + "` holds more.",
                        "write it without line breaks, accents and the like.");
            }
        });
    }

    static void checkName(String name, String path, PlanContext in) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            in.error(
                    "bad-value",
                    path,
                    "`" + name + "` cannot be the name of a header.",
                    "use letters, digits and `-`.");
        } else if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
            in.error("bad-value", path, "`" + name + "` is not for a pipeline to set.", "remove it.");
        }
    }
}
