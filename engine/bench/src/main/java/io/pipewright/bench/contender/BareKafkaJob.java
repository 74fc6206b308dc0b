package io.pipewright.bench.contender;

import java.io.Serializable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Flink's {@link KafkaSink} behind a source of messages whose bytes are there already: nothing is encoded. */
final class BareKafkaJob {

    private BareKafkaJob() {}

    /** A message's bytes, and its timestamp. */
    private record Message(byte[] key, byte[] value, long time) implements Serializable {
        static Message of(long number) {
            SinkRow row = SinkRow.of(number);
            return new Message(row.key(), row.json(), row.time().toEpochMilli());
        }
    }

    static StreamExecutionEnvironment build(SinkPlan plan) {
        StreamExecutionEnvironment env = plan.job().environment(true);
        String topic = plan.place();
        KafkaSink<Message> sink = KafkaSink.<Message>builder()
                .setBootstrapServers(plan.server())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer((message, context, timestamp) ->
                        new ProducerRecord<>(topic, null, timestamp, message.key(), message.value()))
                .build();
        RowMaker<Message> maker = Message::of;
        env.fromSource(
                        new RowSource<>(plan.job().feed(), new RowMaker.ReadyMade<>(maker)),
                        WatermarkStrategy.<Message>noWatermarks()
                                .withTimestampAssigner((message, before) -> message.time()),
                        "messages",
                        TypeInformation.of(Message.class))
                .sinkTo(sink);
        return env;
    }
}
