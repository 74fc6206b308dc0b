package io.pipewright.stages.kafka;

import io.pipewright.spi.option.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says a {@code security} block in the settings of Kafka's clients; mounted secrets as names that the clients look up. */
final class SecurityProperties {

    private SecurityProperties() {}

    static Map<String, String> of(@Nullable KafkaSecurity security) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (security == null) {
            return properties;
        }
        properties.put("security.protocol", security.protocol().name());
        if (security.protocol().logsIn() && security.mechanism() != null && security.password() != null) {
            String mechanism = security.mechanism().name().replace('_', '-');
            String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            String password = MountedSecrets.placeholder(security.password(), MountedSecrets.QUOTED);
            properties.put("sasl.mechanism", mechanism);
            properties.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security." + module + " required username=\""
                            + MountedSecrets.escape(String.valueOf(security.username())) + "\" password=\"" + password
                            + "\";");
        }
        if (security.truststore() != null) {
            properties.put("ssl.truststore.location", security.truststore());
            properties.put("ssl.truststore.type", security.truststoreType().name());
        }
        Secret opens = security.truststorePassword();
        if (opens != null) {
            properties.put("ssl.truststore.password", MountedSecrets.placeholder(opens, MountedSecrets.TEXT));
        }
        properties.put("config.providers", MountedSecrets.NAME);
        properties.put("config.providers." + MountedSecrets.NAME + ".class", MountedSecrets.class.getName());
        return properties;
    }
}
