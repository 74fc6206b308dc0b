package io.pipewright.stages.kafka;

import io.pipewright.spi.option.Option;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a {@code kafka} connection. */
public record KafkaConnectionOptions(
        @Option(doc = "Brokers to ask first, each as `host:port`; they name the others.") List<String> bootstrapServers,
        @Option(
                        doc =
                                "Settings of Kafka's clients for all sources and sinks of this connection, from a list of those"
                                        + " that cannot break the engine's promises.")
                @Nullable
                Map<String, String> properties,
        @Option(doc = "TLS and login; the brokers want neither without it.") @Nullable KafkaSecurity security) {

    /** For the plan of a source whose connection is wrong, which was told: what it sends does not depend on that. */
    static final KafkaConnectionOptions UNKNOWN = new KafkaConnectionOptions(List.of(), null, null);
}
