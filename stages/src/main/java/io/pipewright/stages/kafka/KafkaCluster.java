package io.pipewright.stages.kafka;

import io.pipewright.spi.option.ConnectionRef;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a source or sink keeps of its connection.
 *
 * @param connection its id, for messages
 * @param servers each {@code host:port}
 */
record KafkaCluster(String connection, List<String> servers, Map<String, String> properties) implements Serializable {

    KafkaCluster {
        servers = List.copyOf(servers);
        properties = Map.copyOf(properties);
    }

    static KafkaCluster of(ConnectionRef ref, KafkaConnectionOptions options) {
        Map<String, String> properties = options.properties();
        return new KafkaCluster(
                ref.id(),
                options.bootstrapServers().stream()
                        .flatMap(KafkaCluster::addresses)
                        .toList(),
                properties == null ? Map.of() : properties);
    }

    /** One entry may hold several addresses, as a variable of the environment often does. */
    static Stream<String> addresses(String written) {
        return Arrays.stream(written.split(",")).map(String::trim).filter(address -> !address.isEmpty());
    }

    String bootstrap() {
        return String.join(",", servers);
    }

    /** The connection's settings, and over them those of one of its users. */
    Properties with(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(more);
        return all;
    }
}
