package io.pipewright.stages.kafka;

import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.stages.kafka.KafkaSinkOptions.Delivery;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Adds an operator that encodes, and can refuse, and behind it Flink's Kafka sink. */
final class KafkaSinkBuilder implements StageBuilder<KafkaSinkPlan> {

    private static final int DEFAULT_MAX_REQUEST = 1_048_576;

    @Override
    public Streams build(KafkaSinkPlan plan, Streams inputs, BuildContext context) {
        Properties properties = plan.cluster().with(plan.properties());
        MessageEncoder encoder = new MessageEncoder(
                plan, context.input(StagePlan.FROM), context.failures(), context.tag(OutputPort.ERRORS), maxSize(plan));
        SingleOutputStreamOperator<Row> messages =
                context.operator(inputs.from().process(encoder).returns(MessageEncoder.MESSAGE), "encode");
        context.sink(messages.sinkTo(sink(plan, properties, context)), "writer");
        return Streams.of(OutputPort.ERRORS, messages.getSideOutput(context.tag(OutputPort.ERRORS)));
    }

    private static KafkaSink<Row> sink(KafkaSinkPlan plan, Properties properties, BuildContext context) {
        boolean exactlyOnce = plan.delivery() == Delivery.EXACTLY_ONCE;
        if (exactlyOnce) {
            properties.setProperty(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    String.valueOf(KafkaSinkType.TRANSACTION_TIMEOUT.toMillis()));
        }
        return KafkaSink.<Row>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(plan.cluster().bootstrap())
                .setRecordSerializer(new MessageSerializer(plan.topic()))
                .setDeliveryGuarantee(exactlyOnce ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE)
                .setTransactionalIdPrefix(context.pipeline() + "/" + context.id())
                .build();
    }

    private static int maxSize(KafkaSinkPlan plan) {
        String set = plan.properties().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        try {
            return set == null ? DEFAULT_MAX_REQUEST : Integer.parseInt(set);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("`max.request.size` is no number: " + set, e);
        }
    }
}
