package io.pipewright.stages.kafka;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.ConnectionType;
import java.util.regex.Pattern;

/** A Kafka cluster. */
public final class KafkaConnectionType implements ConnectionType<KafkaConnectionOptions> {

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s/]+):[0-9]{1,5}");

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String summary() {
        return "A Kafka cluster, shared by sources and sinks.";
    }

    @Override
    public Class<KafkaConnectionOptions> optionsType() {
        return KafkaConnectionOptions.class;
    }

    @Override
    public void check(KafkaConnectionOptions options, Problems problems) {
        if (options.bootstrapServers().isEmpty()) {
            problems.error(
                    "missing-option",
                    "bootstrapServers",
                    "A Kafka connection needs a broker to ask.",
                    "write `bootstrapServers: [\"host:9092\"]`.");
        }
        for (int i = 0; i < options.bootstrapServers().size(); i++) {
            String written = options.bootstrapServers().get(i);
            // What is still a reference is resolved, and checked again, where the pipeline is submitted.
            if (!written.contains("${") && !KafkaCluster.addresses(written).allMatch(KafkaConnectionType::isAddress)) {
                problems.error(
                        "bad-address",
                        "bootstrapServers[" + i + "]",
                        "`" + written + "` is not an address of a broker.",
                        "write `host:port`, for example `localhost:9092`.");
            }
        }
        ClientProperties.CONNECTION
                .refused(options.properties())
                .forEach((name, why) -> problems.error(
                        "unknown-property",
                        OptionPath.key("properties." + name),
                        why,
                        ClientProperties.CONNECTION.hint()));
        if (options.security() != null) {
            new SecurityCheck(options.security(), problems).check(options.properties());
        }
    }

    private static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches() && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= 65_535;
    }
}
