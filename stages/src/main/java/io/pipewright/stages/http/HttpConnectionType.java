package io.pipewright.stages.http;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.ConnectionType;
import io.pipewright.stages.http.HttpConnectionOptions.ApiKey;
import io.pipewright.stages.http.HttpConnectionOptions.Basic;
import io.pipewright.stages.http.HttpConnectionOptions.OAuth2;
import io.pipewright.stages.http.HttpConnectionOptions.OAuth2.Grant;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An API that is reached by HTTP. */
public final class HttpConnectionType implements ConnectionType<HttpConnectionOptions> {

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String summary() {
        return "An API that is reached by HTTP, with its credentials.";
    }

    @Override
    public Class<HttpConnectionOptions> optionsType() {
        return HttpConnectionOptions.class;
    }

    @Override
    public void check(HttpConnectionOptions options, Problems problems) {
        boolean authenticated = options.auth() != null;
        checkAddress(options.baseUrl(), "baseUrl", authenticated, problems);
        if (options.auth() instanceof OAuth2 oauth) {
            checkAddress(oauth.tokenUrl(), "auth.tokenUrl", true, problems);
            checkId(oauth.clientId(), "clientId", problems);
            checkAccessKey(oauth, problems);
        } else if (options.auth() instanceof Basic basic) {
            checkId(basic.username(), "username", problems);
        } else if (options.auth() instanceof ApiKey key && !isOpen(key.header())) {
            HttpHeaders.checkName(key.header(), "auth.header", problems::error);
        }
    }

    private static void checkAddress(String text, String path, boolean authenticated, Problems problems) {
        if (isOpen(text)) {
            return;
        }
        URI address = address(text);
        if (address == null) {
            // Not quoted: an address may hold a password.
            problems.error(
                    "bad-address",
                    path,
                    "`" + path + "` is not an HTTP address.",
                    "write it as `https://host` or `https://host:port/path`.");
        } else if (address.getUserInfo() != null) {
            problems.error(
                    "bad-address",
                    path,
                    "`" + path + "` has a user or password in it, which would show in logs.",
                    "remove that part and use `auth`.");
        } else if (path.equals("baseUrl") && (address.getQuery() != null || address.getFragment() != null)) {
            problems.error(
                    "bad-address",
                    path,
                    "`baseUrl` has a `?` or `#`, which leaves no place for a path.",
                    "move the query to where the path is written.");
        } else if (authenticated && address.getScheme().equalsIgnoreCase("http") && !isLoopback(address.getHost())) {
            problems.warning(
                    "insecure-connection",
                    path,
                    "Credentials are sent to `" + address.getHost() + "` without encryption.",
                    "use `https://`.");
        }
    }

    /** Null if the text is no address that can be called. */
    private static @Nullable URI address(String text) {
        try {
            URI address = new URI(text.strip());
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            return http && address.getHost() != null ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals("[::1]");
    }

    /** Of what HTTP Basic names before the colon. */
    private static void checkId(String id, String option, Problems problems) {
        if (id.isBlank()) {
            problems.error("bad-value", "auth." + option, "`" + option + "` is empty.", "set it, or remove `auth`.");
        } else if (!isOpen(id) && id.contains(":")) {
            problems.error(
                    "bad-value",
                    "auth." + option,
                    "`" + option + "` has a colon, which HTTP Basic cannot carry.",
                    "check that it is the name alone, without the secret.");
        }
    }

    private static void checkAccessKey(OAuth2 oauth, Problems problems) {
        if (oauth.grant() == Grant.ACCESS_KEY) {
            checkGiven(oauth.accessKeyId(), "accessKeyId", problems);
            checkGiven(oauth.accessKeySecret(), "accessKeySecret", problems);
        } else if (oauth.accessKeyId() != null || oauth.accessKeySecret() != null) {
            String option = oauth.accessKeyId() != null ? "accessKeyId" : "accessKeySecret";
            problems.error(
                    "conflicting-options",
                    OptionPath.key("auth." + option),
                    "`" + option + "` is not used with `grant: clientCredentials`.",
                    "remove it, or write `grant: accessKey`.");
        }
    }

    private static void checkGiven(@Nullable Object value, String option, Problems problems) {
        if (value == null) {
            problems.error(
                    "missing-option", "auth", "`grant: accessKey` needs `" + option + "`.", "add `" + option + "`.");
        }
    }

    /** What is still a reference is resolved, and checked again, where the pipeline is submitted. */
    private static boolean isOpen(String text) {
        return text.contains("${");
    }
}
