package io.pipewright.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.EventTime.Missing;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class SplitterOperatorTest {

    private static final RecordType TYPE = RecordType.of("Event", Field.of("name", Scalar.STRING));
    private static final OutputTag<DataRecord> ERRORS =
            new OutputTag<>("errors", RecordTypeInfo.of(FailureRecord.TYPE));
    private static final DataRecord FAILURE =
            FailureRecord.ofRaw("events", "malformed-json", "It is no JSON.", null, new byte[] {1}, null);

    @Test
    void recordsGoOnWithTheirTimeAndFailuresToErrors() throws Exception {
        try (var harness = harness(Missing.DEAD_LETTER, ErrorPolicy.DEAD_LETTER)) {
            harness.open();
            give(harness, new SourceElement(DataRecord.of("a"), false, 5));
            give(harness, new SourceElement(FAILURE, true, SourceElement.NO_TIME));
            assertThat(records(harness)).containsExactly(new StreamRecord<>(DataRecord.of("a"), 5));
            assertThat(harness.getSideOutput(ERRORS))
                    .extracting(StreamRecord::getValue)
                    .containsExactly(FAILURE);
        }
    }

    @Test
    void aRecordThatIsGivenTheCurrentWatermarkIsJustNotLate() throws Exception {
        try (var harness = harness(Missing.CURRENT_WATERMARK, ErrorPolicy.DEAD_LETTER)) {
            harness.open();
            give(harness, new SourceElement(DataRecord.of("early"), false, SourceElement.NO_TIME));
            harness.processWatermark(1_000);
            give(harness, new SourceElement(DataRecord.of("b"), false, SourceElement.NO_TIME));
            assertThat(records(harness)).containsExactly(new StreamRecord<>(DataRecord.of("b"), 1_001));
            assertThat(harness.getSideOutput(ERRORS))
                    .extracting(failure -> failure.getValue().get(1))
                    .containsExactly("no-event-time");
        }
    }

    @Test
    void onErrorFailEndsTheJobWithASentence() throws Exception {
        try (var harness = harness(Missing.DEAD_LETTER, ErrorPolicy.FAIL)) {
            harness.open();
            assertThatThrownBy(() -> give(harness, new SourceElement(FAILURE, true, SourceElement.NO_TIME)))
                    .hasMessageContaining("`events`")
                    .hasMessageContaining("It is no JSON.");
        }
    }

    @Test
    void theManifestIsInTheState() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(Missing.DEAD_LETTER, ErrorPolicy.DEAD_LETTER)) {
            harness.open();
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(Missing.DEAD_LETTER, ErrorPolicy.DEAD_LETTER)) {
            harness.initializeState(state);
            harness.open();
            assertThat(harness.getOperator()
                            .getOperatorStateBackend()
                            .getListState(new ListStateDescriptor<>(
                                    SplitterOperator.MANIFEST_STATE, StringSerializer.INSTANCE))
                            .get())
                    .containsExactly("the manifest");
        }
    }

    @Test
    void elementsSurviveTheirSerializer() throws Exception {
        TypeSerializer<SourceElement> serializer =
                new SourceElementTypeInfo(TYPE).createSerializer(new ExecutionConfig().getSerializerConfig());
        for (SourceElement element : List.of(
                new SourceElement(DataRecord.of("a"), false, 5),
                new SourceElement(FAILURE, true, SourceElement.NO_TIME))) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.duplicate().serialize(element, out);
            assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                    .isEqualTo(element);
        }
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isEqualTo(serializer);
    }

    private static void give(
            OneInputStreamOperatorTestHarness<SourceElement, DataRecord> harness, SourceElement element)
            throws Exception {
        harness.processElement(new StreamRecord<>(element, element.eventTime()));
    }

    private static List<StreamRecord<DataRecord>> records(
            OneInputStreamOperatorTestHarness<SourceElement, DataRecord> harness) {
        List<StreamRecord<DataRecord>> records = new ArrayList<>();
        for (Object out : harness.getOutput()) {
            if (out instanceof StreamRecord<?> record) {
                records.add(new StreamRecord<>((DataRecord) record.getValue(), record.getTimestamp()));
            }
        }
        return records;
    }

    private static OneInputStreamOperatorTestHarness<SourceElement, DataRecord> harness(
            Missing missing, ErrorPolicy policy) throws Exception {
        EventTime time = new EventTime("at", missing, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(1));
        SplitterOperator operator =
                new SplitterOperator(TYPE, time, new Failures("events", policy), ERRORS, "the manifest");
        OneInputStreamOperatorTestHarness<SourceElement, DataRecord> harness = new OneInputStreamOperatorTestHarness<>(
                operator,
                new SourceElementTypeInfo(TYPE).createSerializer(new ExecutionConfig().getSerializerConfig()));
        harness.setup(RecordTypeInfo.of(TYPE).createSerializer(new ExecutionConfig().getSerializerConfig()));
        return harness;
    }
}
