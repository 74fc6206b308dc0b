package io.pipewright.stages.kafka;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which of Kafka's own settings an author may give: those that cannot break what the engine promises. */
record ClientProperties(Collection<String> allowed) {

    static final ClientProperties CONNECTION = new ClientProperties(List.of(
            "client.dns.lookup",
            "client.rack",
            "connections.max.idle.ms",
            "metadata.max.age.ms",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retry.backoff.ms",
            "security.protocol",
            "ssl.enabled.protocols",
            "ssl.endpoint.identification.algorithm",
            "ssl.keystore.location",
            "ssl.keystore.type",
            "ssl.truststore.location",
            "ssl.truststore.type"));

    static final ClientProperties SOURCE = new ClientProperties(List.of(
            "check.crcs",
            "client.rack",
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "fetch.min.bytes",
            "isolation.level",
            "max.partition.fetch.bytes",
            "max.poll.records",
            "partition.discovery.interval.ms",
            "receive.buffer.bytes",
            "request.timeout.ms"));

    static final ClientProperties SINK = new ClientProperties(List.of(
            "batch.size",
            "buffer.memory",
            "compression.type",
            "delivery.timeout.ms",
            "linger.ms",
            "max.block.ms",
            "max.request.size",
            "request.timeout.ms",
            "send.buffer.bytes"));

    /** The names that may not be given, each with the sentence that says so. */
    Map<String, String> refused(@Nullable Map<String, String> given) {
        Map<String, String> refused = new LinkedHashMap<>();
        if (given != null) {
            for (String name : given.keySet()) {
                if (!allowed.contains(name)) {
                    refused.put(name, "`" + name + "` cannot be set here.");
                }
            }
        }
        return refused;
    }

    String hint() {
        return "allowed: " + String.join(", ", new TreeSet<>(allowed)) + ".";
    }
}
