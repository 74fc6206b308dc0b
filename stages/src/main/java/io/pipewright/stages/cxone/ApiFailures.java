package io.pipewright.stages.cxone;

import io.pipewright.stages.cxone.HttpFailure.Reason;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Says what it means that the API did not answer as asked, by status. */
final class ApiFailures {

    private static final Pattern ACTION = Pattern.compile(".*/data-actions/([^/]+)/?");

    private static final String ACTION_SCOPE = "data_actions:read";

    private final HttpAuth auth;

    ApiFailures(HttpAuth auth) {
        this.auth = auth;
    }

    static HttpFailure broken(HttpUrl url, HttpFailure failure, int attempts) {
        return new HttpFailure(
                failure.reason(),
                failure.status(),
                "No answer from " + Places.of(url) + Places.after(attempts) + ": " + failure.what(),
                failure.action());
    }

    static HttpFailure tooLarge(HttpUrl url, int status) {
        return new HttpFailure(
                Reason.UNREADABLE,
                status,
                "The answer of " + Places.of(url) + " is larger than " + CxoneClient.MAX_BODY_BYTES / (1024 * 1024)
                        + " MiB.",
                "Check that the path names one thing and not a list.");
    }

    static HttpFailure notJson(String place, int status) {
        return new HttpFailure(
                Reason.UNREADABLE,
                status,
                "The answer of " + place + " (" + status + ") is not JSON.",
                "Check that `baseUrl` is the API and not a web page or a login portal.");
    }

    HttpFailure refused(HttpUrl url, Attempt.Answered answer, int attempts, List<String> hidden) {
        String place = Places.of(url);
        int status = answer.status();
        if (status >= 300 && status < 400) {
            return new HttpFailure(
                    Reason.REDIRECTED,
                    status,
                    place + " redirects (" + status + ") to where the client does not follow.",
                    "Write the final address, with `https://`, as `baseUrl` and `path`.");
        }
        if (status == 401) {
            return unauthorized(place);
        }
        if (status == 403) {
            return forbidden(url, place);
        }
        if (status == 404) {
            return notFound(url, place);
        }
        if (answer.isTransient()) {
            return Places.exhausted(place, answer, attempts);
        }
        return new HttpFailure(
                Reason.REFUSED,
                status,
                place + " refused the request (" + status + ")" + Excerpt.quoted(answer.body(), hidden) + ".",
                "Check `path` against the API's documentation.");
    }

    private HttpFailure unauthorized(String place) {
        if (auth instanceof HttpAuth.None) {
            return new HttpFailure(
                    Reason.WRONG_CREDENTIALS,
                    401,
                    place + " asks for credentials (401), and the connection has none.",
                    "Add `auth` to the connection.");
        }
        if (auth instanceof HttpAuth.Basic || auth instanceof HttpAuth.Bearer || auth instanceof HttpAuth.ApiKey) {
            return new HttpFailure(
                    Reason.WRONG_CREDENTIALS,
                    401,
                    "Wrong credentials: " + place + " does not accept them (401).",
                    "Check `auth` of the connection and its secret.");
        }
        return new HttpFailure(
                Reason.WRONG_CREDENTIALS,
                401,
                "Wrong credentials: " + place + " does not accept an access token that was just issued (401).",
                "Check that `tokenUrl` and `baseUrl` belong to the same region and organisation.");
    }

    private HttpFailure forbidden(HttpUrl url, String place) {
        String scope = scope(url);
        return new HttpFailure(
                Reason.FORBIDDEN,
                403,
                place + " is not allowed for these credentials (403): " + scope
                        + " is missing, or they belong to another organisation.",
                "Add the scope to the client; if it has it, rotate the client secret in the organisation that owns this"
                        + " path and set the new one.");
    }

    private String scope(HttpUrl url) {
        if (auth instanceof HttpAuth.ClientCredentials client
                && !client.scopes().isEmpty()) {
            String names = String.join("`, `", client.scopes());
            return (client.scopes().size() == 1 ? "the scope `" : "one of the scopes `") + names + "`";
        }
        return url.encodedPath().contains("/data-actions") ? "the scope `" + ACTION_SCOPE + "`" : "a scope";
    }

    private static HttpFailure notFound(HttpUrl url, String place) {
        Matcher action = ACTION.matcher(url.encodedPath());
        if (action.matches()) {
            return new HttpFailure(
                    Reason.NOT_FOUND,
                    404,
                    "Unknown data action id `" + action.group(1) + "`: there is nothing at " + place + " (404).",
                    "Check the id at the end of `path`, and that the action is in the organisation of these"
                            + " credentials.");
        }
        return new HttpFailure(
                Reason.NOT_FOUND,
                404,
                "There is nothing at " + place + " (404).",
                "Check `path`, and `baseUrl` before it.");
    }
}
