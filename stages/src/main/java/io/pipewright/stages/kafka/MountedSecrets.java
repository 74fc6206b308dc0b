package io.pipewright.stages.kafka;

import io.pipewright.spi.option.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Gives Kafka's clients the secrets that are mounted as files: their settings hold only the files' names, and each client
 * asks here when it is made, on the machine that runs it.
 */
public final class MountedSecrets implements ConfigProvider {

    static final String NAME = "pipewright";
    /** Inside a quoted text of a JAAS configuration. */
    static final String QUOTED = "quoted";
    /** As it is. */
    static final String TEXT = "text";

    /** What a setting holds in the place of a secret; of one that is not mounted, the value. */
    static String placeholder(Secret secret, String form) {
        return secret.file()
                .map(file -> "${" + NAME + ":" + form + ":"
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(file.getBytes(StandardCharsets.UTF_8))
                        + "}")
                .orElseGet(() -> write(secret, form));
    }

    static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String write(Secret secret, String form) {
        return form.equals(QUOTED) ? escape(secret.reveal()) : secret.reveal();
    }

    @Override
    public ConfigData get(String form, Set<String> files) {
        Map<String, String> values = new HashMap<>();
        for (String encoded : files) {
            String file = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            values.put(encoded, write(Secret.mounted(Path.of(file)), form));
        }
        return new ConfigData(values);
    }

    @Override
    public ConfigData get(String form) {
        return new ConfigData(Map.of());
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
