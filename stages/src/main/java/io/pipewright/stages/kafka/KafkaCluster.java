package io.pipewright.stages.kafka;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.tls.Truststore;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a source or sink keeps of its connection.
 *
 * @param connection its id, for messages
 * @param servers each {@code host:port}
 */
record KafkaCluster(
        String connection, List<String> servers, Map<String, String> properties, @Nullable KafkaSecurity security)
        implements Serializable {

    KafkaCluster {
        servers = List.copyOf(servers);
        properties = Map.copyOf(properties);
    }

    /** One that wants neither TLS nor a login. */
    KafkaCluster(String connection, List<String> servers, Map<String, String> properties) {
        this(connection, servers, properties, null);
    }

    static KafkaCluster of(ConnectionRef ref, KafkaConnectionOptions options) {
        Map<String, String> properties = options.properties();
        return new KafkaCluster(
                ref.id(),
                options.bootstrapServers().stream()
                        .flatMap(KafkaCluster::addresses)
                        .toList(),
                properties == null ? Map.of() : properties,
                options.security());
    }

    /** One entry may hold several addresses, as a variable of the environment often does. */
    static Stream<String> addresses(String written) {
        return Arrays.stream(written.split(",")).map(String::trim).filter(address -> !address.isEmpty());
    }

    /**
     * Reads what the clients will read, since they wrap its failure in others.
     *
     * @throws io.pipewright.spi.option.SecretUnavailableException if a file of a secret is not on this machine
     * @throws io.pipewright.stages.tls.TruststoreException if the trusted certificates cannot be had on this machine
     */
    void readFiles() {
        if (security != null) {
            Optional.ofNullable(security.password()).ifPresent(Secret::reveal);
            security.trusted().ifPresent(Truststore::load);
        }
    }

    String bootstrap() {
        return String.join(",", servers);
    }

    /** The connection's settings with its security, and over them those of one of its users. */
    Properties with(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(SecurityProperties.of(security));
        all.putAll(more);
        return all;
    }
}
