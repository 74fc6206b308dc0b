package io.pipewright.stages.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.schema.OptionsModel;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.http.HttpConnectionOptions.OAuth2;
import io.pipewright.stages.http.HttpConnectionOptions.OAuth2.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpConnectionTypeTest {

    private static final Secret SECRET = Secret.of("s3cr3t");

    private static OAuth2 clientCredentials(String tokenUrl) {
        return new OAuth2(Grant.CLIENT_CREDENTIALS, tokenUrl, "me", SECRET, List.of(), null, null);
    }

    private static List<String> check(String baseUrl, HttpConnectionOptions.@Nullable Auth auth) {
        return check(new HttpConnectionOptions(baseUrl, auth, null, null));
    }

    private static List<String> check(HttpConnectionOptions options) {
        FoundProblems problems = new FoundProblems();
        new HttpConnectionType().check(options, problems);
        return problems.found;
    }

    @Test
    void hasOptionsThatAModelCanBeMadeOf() {
        assertThat(OptionsModel.of(new HttpConnectionType().optionsType()).names())
                .containsExactly("baseUrl", "auth", "timeouts", "retry");
        assertThat(OptionsModel.of(new HttpContractType().optionsType()).names())
                .containsExactly("connection", "path", "expectStatus", "outputMatches");
    }

    @Test
    void takesHttpsAndUnencryptedLoopbackAndWhatIsNotResolvedYet() {
        assertThat(check("https://api.example.org/v2", clientCredentials("https://login.example.org/token")))
                .isEmpty();
        for (String host : List.of("localhost:80", "127.0.0.1:8080", "[::1]:1", "LOCALHOST")) {
            assertThat(check("http://" + host, clientCredentials("http://" + host + "/token")))
                    .isEmpty();
        }
        assertThat(check("http://api.example.org", null)).isEmpty();
        assertThat(check("${env:API}", clientCredentials("${env:TOKEN_URL}"))).isEmpty();
    }

    @Test
    void warnsOfCredentialsThatTravelInTheClear() {
        assertThat(check("http://api.example.org", clientCredentials("http://127.0.0.2.example.org/token")))
                .containsExactly(
                        "warning insecure-connection baseUrl: Credentials are sent to `api.example.org` without"
                                + " encryption.",
                        "warning insecure-connection auth.tokenUrl: Credentials are sent to `127.0.0.2.example.org`"
                                + " without encryption.");
    }

    @Test
    void refusesAddressesThatCannotBeCalledWithoutQuotingThem() {
        assertThat(check("api.example.org", null))
                .containsExactly("error bad-address baseUrl: `baseUrl` is not an HTTP address.");
        assertThat(check("ftp://api.example.org", null)).hasSize(1);
        assertThat(check("https:// x", null)).hasSize(1);
        assertThat(check("https://me:pw@api.example.org", null))
                .singleElement()
                .asString()
                .contains("user or password")
                .doesNotContain("pw@");
        assertThat(check("https://api.example.org?x=1", null)).hasSize(1);
    }

    @Test
    void wantsTheAccessKeyWithItsGrantOnly() {
        assertThat(check(
                        "https://a.org",
                        new OAuth2(Grant.ACCESS_KEY, "https://a.org/t", "me", SECRET, null, "key", null)))
                .containsExactly("error missing-option auth: `grant: accessKey` needs `accessKeySecret`.");
        assertThat(check(
                        "https://a.org",
                        new OAuth2(Grant.CLIENT_CREDENTIALS, "https://a.org/t", "me", SECRET, null, "key", SECRET)))
                .containsExactly("error conflicting-options auth.accessKeyId:: `accessKeyId` is not used with `grant:"
                        + " clientCredentials`.");
        assertThat(check(
                        "https://a.org",
                        new OAuth2(Grant.CLIENT_CREDENTIALS, "https://a.org/t", "m:e", SECRET, null, null, null)))
                .containsExactly(
                        "error bad-value auth.clientId: `clientId` has a colon, which HTTP Basic cannot carry.");
    }

    @Test
    void checksNamesAndHeadersOfOtherLogins() {
        assertThat(check("https://a.org", new HttpConnectionOptions.Basic("me", SECRET)))
                .isEmpty();
        assertThat(check("https://a.org", new HttpConnectionOptions.Bearer(SECRET)))
                .isEmpty();
        assertThat(check("https://a.org", new HttpConnectionOptions.ApiKey("X-API-Key", SECRET)))
                .isEmpty();
        assertThat(check("https://a.org", new HttpConnectionOptions.Basic("m:e", SECRET)))
                .containsExactly(
                        "error bad-value auth.username: `username` has a colon, which HTTP Basic cannot carry.");
        assertThat(check("https://a.org", new HttpConnectionOptions.Basic(" ", SECRET)))
                .containsExactly("error bad-value auth.username: `username` is empty.");
        assertThat(check("https://a.org", new HttpConnectionOptions.ApiKey("X Key", SECRET)))
                .containsExactly("error bad-value auth.header: `X Key` cannot be the name of a header.");
        assertThat(check("https://a.org", new HttpConnectionOptions.ApiKey("Host", SECRET)))
                .containsExactly("error bad-value auth.header: `Host` is not for a pipeline to set.");
        assertThat(check("http://a.org", new HttpConnectionOptions.Bearer(SECRET)))
                .containsExactly("warning insecure-connection baseUrl: Credentials are sent to `a.org` without"
                        + " encryption.");
    }

    @Test
    void keepsSecretsOutOfItsText() {
        assertThat(clientCredentials("https://a.org").toString()).doesNotContain("s3cr3t");
    }
}
