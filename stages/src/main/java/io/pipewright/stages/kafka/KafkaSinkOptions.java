package io.pipewright.stages.kafka;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.SinkFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a {@code kafka} sink. */
public record KafkaSinkOptions(
        @Option(doc = "The Kafka connection.") ConnectionRef connection,
        @Option(doc = "The topic to write to, which exists.") String topic,
        @Option(doc = "The message's key, as text; messages of one key keep their order. None if absent.") @Nullable
                Expression key,
        @Option(doc = "How a record is written.") SinkFormat format,
        @Option(
                        doc = "What readers of the topic see after a failure: `atLeastOnce` may repeat messages;"
                                + " `exactlyOnce` writes in transactions that end with a checkpoint, and readers must read"
                                + " `read_committed`.",
                        defaultValue = "atLeastOnce")
                Delivery delivery,
        @Option(doc = "Settings of Kafka's producer, from a list of those that cannot break the engine's promises.")
                @Nullable
                Map<String, String> properties) {

    /** What readers see after a failure. */
    public enum Delivery {
        AT_LEAST_ONCE,
        EXACTLY_ONCE
    }
}
