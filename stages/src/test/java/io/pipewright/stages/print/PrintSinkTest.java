package io.pipewright.stages.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;

class PrintSinkTest {

    private static final RecordType CALL =
            RecordType.of("Call", Field.nullable("id", Scalar.STRING), Field.of("at", Scalar.TIMESTAMP));

    @Test
    void everyRecordIsALineOfJsonBehindTheSinksId() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
                SinkWriter<DataRecord> writer = new PrintSink("shown", CALL).writer(out)) {
            writer.write(DataRecord.of("two\nlines", Instant.ofEpochMilli(0)), null);
            writer.write(DataRecord.of(null, Instant.ofEpochMilli(1)), null);
            writer.flush(true);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "shown {\"id\":\"two\\nlines\",\"at\":\"1970-01-01T00:00:00.000Z\"}",
                        "shown {\"id\":null,\"at\":\"1970-01-01T00:00:00.001Z\"}");
    }

    @Test
    void allFieldsAreRead() {
        PrintPlan plan = StageRun.plan(new PrintType(), new PrintOptions(), TestPlan.from(CALL));
        assertThat(plan.fieldsRead(Map.of())).isEqualTo(Map.of("from", Set.of("id", "at")));
        assertThat(plan.outputs()).isEmpty();
    }
}
