package io.pipewright.stages.cxone;

import io.pipewright.stages.cxone.HttpFailure.Reason;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Checks the URLs of an endpoint and puts paths to them. */
final class Addresses {

    private Addresses() {}

    /** What is wrong with an endpoint's base URL, if anything. */
    static @Nullable HttpFailure problemOf(String baseUrl) {
        return urlProblem("baseUrl", baseUrl);
    }

    /** The first thing that is wrong with the token's URL, or the id of a client or user, if any. */
    static @Nullable HttpFailure problemOf(HttpAuth auth) {
        if (auth instanceof HttpAuth.ClientCredentials client) {
            return loginProblem(client.tokenUrl(), client.clientId());
        }
        if (auth instanceof HttpAuth.AccessKey key) {
            return loginProblem(key.tokenUrl(), key.clientId());
        }
        return auth instanceof HttpAuth.Basic basic ? idProblem("username", basic.username()) : null;
    }

    /** The URL of a path; null for a path without a slash at its beginning. */
    static @Nullable HttpUrl below(String baseUrl, String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        // Put behind the text and not resolved against it: a path that begins with two slashes must not name another
        // host.
        return HttpUrl.parse(baseUrl.replaceAll("/+$", "") + path);
    }

    /** As {@link #below}, for a path that was seen to be good. */
    static HttpUrl require(String baseUrl, String path) {
        @Nullable HttpUrl url = below(baseUrl, path);
        if (url == null) {
            throw new IllegalArgumentException("path must begin with a slash");
        }
        return url;
    }

    private static @Nullable HttpFailure loginProblem(String tokenUrl, String clientId) {
        @Nullable HttpFailure id = idProblem("clientId", clientId);
        return id == null ? urlProblem("tokenUrl", tokenUrl) : id;
    }

    private static @Nullable HttpFailure idProblem(String option, String id) {
        // HTTP Basic (RFC 7617) ends the id at its first colon: the server would see other credentials.
        if (id.contains(":")) {
            return HttpFailure.unanswered(
                    Reason.BAD_OPTION,
                    "`" + option + "` has a colon, which HTTP Basic cannot carry.",
                    "Check that it is the name alone, without the secret.");
        }
        return id.isBlank()
                ? HttpFailure.unanswered(Reason.BAD_OPTION, "`" + option + "` is empty.", "Set it, or remove `auth`.")
                : null;
    }

    /** The text itself is not quoted: a URL may hold a password. */
    private static @Nullable HttpFailure urlProblem(String option, String text) {
        @Nullable HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            return HttpFailure.unanswered(
                    Reason.BAD_OPTION,
                    "`" + option + "` is not an HTTP address.",
                    "Write it as `https://host` or `https://host:port/path`.");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return HttpFailure.unanswered(
                    Reason.BAD_OPTION,
                    "`" + option + "` has a user or password in it, which would show in logs.",
                    "Remove that part and use `auth`.");
        }
        if (option.equals("baseUrl") && (url.query() != null || url.fragment() != null)) {
            return HttpFailure.unanswered(
                    Reason.BAD_OPTION,
                    "`baseUrl` has a `?` or `#`, which leaves no place for a path.",
                    "Move the query to `path`.");
        }
        return null;
    }
}
