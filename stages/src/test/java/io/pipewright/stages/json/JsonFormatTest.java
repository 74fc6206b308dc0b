package io.pipewright.stages.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class JsonFormatTest {

    private static final RecordType TYPE = RecordType.of("Event", Field.of("at", Scalar.TIMESTAMP));
    private final List<String> refusedOptions = new ArrayList<>();
    private final JsonFormat format = new JsonFormat();

    @Test
    void isFoundAsAPlugin() {
        assertThat(ServiceLoader.load(FormatType.class))
                .anyMatch(found -> found.name().equals("json"));
    }

    @Test
    void writesTimesAsIsoUnlessToldOtherwise() throws Exception {
        assertThat(written(new JsonOptions(null))).isEqualTo("{\"at\":\"1970-01-01T00:00:01.000Z\"}");
        assertThat(written(new JsonOptions(TimestampFormat.MILLIS))).isEqualTo("{\"at\":1000}");
    }

    @Test
    void refusesForASourceWhatItCannotDo() throws Exception {
        assertThat(format.source(new JsonOptions(TimestampFormat.ISO), DeclaredRecord.of(TYPE), this::note))
                .isEmpty();
        assertThat(refusedOptions).containsExactly("timestamps");
        assertThat(InstantiationUtil.clone(format.source(new JsonOptions(null), DeclaredRecord.of(TYPE), this::note)
                                .orElseThrow())
                        .decoder(TYPE))
                .isNotNull();
    }

    private void note(String option, String message, String hint) {
        refusedOptions.add(option);
    }

    private String written(JsonOptions options) throws Exception {
        RecordEncoder encoder = InstantiationUtil.clone(
                format.sink(options, TYPE, this::note).orElseThrow().encoder(TYPE));
        return new String(encoder.encode(DataRecord.of(Instant.ofEpochSecond(1))), StandardCharsets.UTF_8);
    }
}
