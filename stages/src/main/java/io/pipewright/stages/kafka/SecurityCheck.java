package io.pipewright.stages.kafka;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.ConnectionType.Problems;
import io.pipewright.stages.tls.Truststore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what does not go together in a {@code security} block. */
record SecurityCheck(KafkaSecurity security, Problems problems) {

    private static final Set<String> SAME_AS_BLOCK =
            Set.of("security.protocol", "ssl.truststore.location", "ssl.truststore.type");

    void check(@Nullable Map<String, String> properties) {
        boolean logsIn = security.protocol().logsIn();
        login(security.mechanism(), "mechanism", logsIn);
        login(security.username(), "username", logsIn);
        login(security.password(), "password", logsIn);
        boolean encrypts = security.protocol().encrypts();
        if (!encrypts && (security.truststore() != null || security.truststorePassword() != null)) {
            String option = security.truststore() != null ? "truststore" : "truststorePassword";
            problems.error(
                    "conflicting-options",
                    OptionPath.key("security." + option),
                    "`" + option + "` is used with TLS only.",
                    "remove it, or write `protocol: " + (logsIn ? "saslSsl" : "ssl") + "`.");
        }
        if (encrypts) {
            Truststore.check(
                    "security",
                    security.truststore(),
                    security.truststoreType(),
                    security.truststorePassword(),
                    problems);
        }
        for (String name :
                Objects.requireNonNullElse(properties, Map.<String, String>of()).keySet()) {
            if (SAME_AS_BLOCK.contains(name)) {
                problems.error(
                        "conflicting-options",
                        OptionPath.key("properties." + name),
                        "`" + name + "` is set by `security` already.",
                        "remove it here.");
            }
        }
    }

    private void login(@Nullable Object value, String option, boolean logsIn) {
        if (logsIn && value == null) {
            problems.error("missing-option", "security", "A login needs `" + option + "`.", "add `" + option + "`.");
        } else if (!logsIn && value != null) {
            problems.error(
                    "conflicting-options",
                    OptionPath.key("security." + option),
                    "`" + option + "` is used with a login only.",
                    "remove it, or write `protocol: " + (security.protocol().encrypts() ? "saslSsl" : "saslPlaintext")
                            + "`.");
        }
    }
}
