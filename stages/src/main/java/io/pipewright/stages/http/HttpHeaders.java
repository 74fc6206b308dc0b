package io.pipewright.stages.http;

import io.pipewright.spi.option.OptionPath;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be a header of a request. */
final class HttpHeaders {

    /** Those that we, or the protocol, set. */
    private static final Set<String> OWN =
            Set.of("content-type", "content-length", "content-encoding", "transfer-encoding", "host", "connection");

    private HttpHeaders() {}

    /** Where problems go. */
    @FunctionalInterface
    interface Findings {
        void error(String code, String path, String message, @Nullable String hint);
    }

    /**
     * Reports names and texts that no header can have, and a header that is the one of the connection's login.
     *
     * @param option where the headers stand
     */
    static void check(
            @Nullable Map<String, String> headers, String option, Optional<HttpConnectionOptions> to, Findings in) {
        if (headers == null) {
            return;
        }
        headers.forEach((name, value) -> {
            checkName(name, OptionPath.key(option + "." + name), in);
            checkLogin(name, OptionPath.key(option + "." + name), to, in);
            if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
                in.error(
                        "bad-value",
                        option + "." + name,
                        "A header holds printable ASCII alone, and that of `" + name + "` holds more.",
                        "write it without line breaks, accents and the like.");
            }
        });
    }

    /** Reports a header that the connection's login sets too. */
    static void checkLogin(String name, String path, Optional<HttpConnectionOptions> to, Findings in) {
        boolean taken = to.flatMap(known -> Optional.ofNullable(known.auth()))
                .filter(auth -> auth.header().equalsIgnoreCase(name))
                .isPresent();
        if (taken) {
            in.error(
                    "conflicting-options",
                    path,
                    "`" + name + "` is the header of the connection's `auth`.",
                    "remove it, or name a connection without `auth`.");
        }
    }

    static void checkName(String name, String path, Findings in) {
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
