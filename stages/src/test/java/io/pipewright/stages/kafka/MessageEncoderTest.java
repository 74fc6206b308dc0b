package io.pipewright.stages.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.kafka.KafkaSinkOptions.Delivery;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class MessageEncoderTest {

    private static final OutputTag<DataRecord> ERRORS =
            new OutputTag<>("errors", RecordTypeInfo.of(FailureRecord.TYPE));
    private static final RecordType TYPE = RecordType.of("Event", Field.of("name", Scalar.STRING));

    @Test
    void aRecordThatIsTooLargeIsAFailure() throws Exception {
        try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(encoder(TYPE))) {
            harness.processElement(DataRecord.of("x".repeat(900)), 1_000);
            harness.processElement(DataRecord.of("fits"), 1_000);
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(ERRORS))
                    .extracting(failure -> failure.getValue().get(1))
                    .containsExactly("too-large");
        }
    }

    @Test
    void aDeadLetterThatIsTooLargeIsWrittenWithoutItsBytesButWithItsPlace() throws Exception {
        try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(encoder(FailureRecord.TYPE))) {
            harness.processElement(
                    FailureRecord.ofRaw("events", "code", "Reason.", null, new byte[2_000], new Origin("topic", 3, 77)),
                    1_000);
            List<Row> written = harness.extractOutputValues();
            assertThat(new String((byte[]) written.get(0).getField(1), UTF_8))
                    .contains("Reason. (What failed is too large")
                    .contains("topic, 3, 77");
            assertThat(harness.getSideOutput(ERRORS)).isNullOrEmpty();
        }
    }

    private static MessageEncoder encoder(RecordType type) {
        SinkFormatPlan format = written -> record -> record.get(record.size() - 1) == null
                ? new byte[0]
                : text(record).getBytes(UTF_8);
        KafkaSinkPlan plan = new KafkaSinkPlan(
                new KafkaCluster("main", List.of("localhost:1"), Map.of()),
                "topic",
                null,
                format,
                Delivery.AT_LEAST_ONCE,
                Map.of(),
                type);
        return new MessageEncoder(plan, type, new Failures("out", ErrorPolicy.DEAD_LETTER), ERRORS, 1_000);
    }

    private static String text(DataRecord record) {
        return record.toString();
    }
}
