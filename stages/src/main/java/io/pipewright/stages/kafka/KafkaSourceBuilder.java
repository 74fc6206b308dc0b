package io.pipewright.stages.kafka;

import com.google.re2j.Pattern;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.Streams;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Adds Flink's Kafka source, with our start, our decoder and the engine's pacing round it. */
final class KafkaSourceBuilder implements StageBuilder<KafkaSourcePlan> {

    private static final String DISCOVER_EVERY_MILLIS = "60000";

    @Override
    public Streams build(KafkaSourcePlan plan, Streams inputs, BuildContext context) {
        org.apache.flink.connector.kafka.source.KafkaSourceBuilder<SourceElement> builder =
                KafkaSource.<SourceElement>builder()
                        .setProperties(properties(plan))
                        .setBootstrapServers(plan.cluster().bootstrap())
                        .setGroupId(plan.group())
                        .setClientIdPrefix(context.pipeline() + "-" + context.id())
                        .setStartingOffsets(new StartingOffsets(plan.startFrom()))
                        .setDeserializer(new ConsumerRecordDecoder(
                                context.decoder(plan.source()), MetaField.in(context.output(OutputPort.MAIN))));
        String pattern = plan.topicPattern();
        if (pattern == null) {
            builder.setTopics(plan.topics());
        } else {
            builder.setKafkaSubscriber(new MatchingTopics(Pattern.compile(pattern)));
        }
        if (plan.until() == null) {
            return context.source(plan.source(), builder.build());
        }
        KafkaSource<SourceElement> source =
                builder.setBounded(new StoppingOffsets(plan.until())).build();
        Properties properties = properties(plan);
        properties.setProperty(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, plan.cluster().bootstrap());
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, plan.group());
        return context.source(plan.source(), new BoundedKafkaSource<>(source, properties));
    }

    private static Properties properties(KafkaSourcePlan plan) {
        Properties properties = new Properties();
        properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVER_EVERY_MILLIS);
        properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "true");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putAll(plan.cluster().with(plan.properties()));
        return properties;
    }
}
