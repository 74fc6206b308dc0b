package io.pipewright.stages.cxone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.stages.cxone.HttpFailure.Reason;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Says what it means that the token URL gave no token, by status and by the {@code error} codes of RFC 6749, 5.2. */
final class TokenFailures {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String place;
    private final String credentials;
    private final List<String> scopes;
    private final List<String> hidden;

    /**
     * Starts the texts for one token URL.
     *
     * @param credentials what the person would check, for example "client id and client secret"
     * @param hidden values that no text may hold
     */
    TokenFailures(HttpUrl url, String credentials, List<String> scopes, List<String> hidden) {
        this.place = Places.of(url);
        this.credentials = credentials;
        this.scopes = List.copyOf(scopes);
        this.hidden = List.copyOf(hidden);
    }

    static HttpFailure abandoned(HttpUrl url) {
        return HttpFailure.unanswered(
                Reason.UNREACHABLE, "The login at " + Places.of(url) + " was given up.", "Try again.");
    }

    HttpFailure broken(HttpFailure failure, int attempts) {
        return new HttpFailure(
                failure.reason(),
                failure.status(),
                "No access token from " + place + Places.after(attempts) + ": " + failure.what(),
                failure.action());
    }

    HttpFailure unreadable(int status, String why) {
        return new HttpFailure(
                Reason.UNREADABLE,
                status,
                "The answer of " + place + " (" + status + ") " + why + ".",
                "Check that `tokenUrl` is the OAuth token URL and not a web page.");
    }

    HttpFailure refused(Attempt.Answered answer, int attempts) {
        int status = answer.status();
        // The code says more than the status, which servers choose freely between 400, 401 and 403.
        @Nullable HttpFailure byCode = byCode(status, errorCode(answer.body()));
        if (byCode != null && status >= 400 && status < 429) {
            return byCode;
        }
        if (status >= 300 && status < 400) {
            return new HttpFailure(
                    Reason.REDIRECTED,
                    status,
                    place + " redirects (" + status + "), and credentials are not sent on to another place.",
                    "Write the final URL as `tokenUrl`.");
        }
        if (status == 401) {
            return wrongCredentials(status);
        }
        if (status == 403) {
            return new HttpFailure(
                    Reason.FORBIDDEN,
                    status,
                    place + " does not let this client log in (403).",
                    "Check that the client is enabled, and that it belongs to the organisation of this token URL.");
        }
        if (status == 404 || status == 405) {
            return new HttpFailure(
                    Reason.NOT_FOUND,
                    status,
                    place + " is not a token URL (" + status + ").",
                    "Check `tokenUrl` for a typing error.");
        }
        if (answer.isTransient()) {
            return Places.exhausted(place, answer, attempts);
        }
        return new HttpFailure(
                Reason.REFUSED,
                status,
                place + " refused the login (" + status + ")" + Excerpt.quoted(answer.body(), hidden) + ".",
                "Check `grant`, `scopes` and `tokenUrl` against the API's documentation.");
    }

    private @Nullable HttpFailure byCode(int status, String code) {
        return switch (code) {
            case "invalid_client", "invalid_grant" -> wrongCredentials(status);
            case "invalid_scope" -> new HttpFailure(
                    Reason.FORBIDDEN,
                    status,
                    place + " does not grant the scopes " + scopeNames() + " (" + status + ", invalid_scope).",
                    "Check the spelling in `scopes`, and add the missing scope to the client.");
            case "unauthorized_client", "unsupported_grant_type" -> new HttpFailure(
                    Reason.FORBIDDEN,
                    status,
                    place + " does not allow this client this kind of login (" + status + ", " + code + ").",
                    "Choose the other `grant`, or have it allowed for the client.");
            default -> null;
        };
    }

    private HttpFailure wrongCredentials(int status) {
        return new HttpFailure(
                Reason.WRONG_CREDENTIALS,
                status,
                "Wrong credentials: " + place + " does not accept them (" + status + ").",
                "Check " + credentials + ", and that they belong to this token URL.");
    }

    private String scopeNames() {
        return scopes.isEmpty() ? "asked for" : "`" + String.join("`, `", scopes) + "`";
    }

    private static String errorCode(String body) {
        try {
            return JSON.readTree(body).path("error").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
