package io.pipewright.stages.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawFormatTest {

    private static final RecordType LINE = RecordType.of(
            "Line",
            Field.of("line", Scalar.STRING),
            Field.of("file", Scalar.STRING),
            Field.of("lineNumber", Scalar.LONG));
    private static final RecordType BYTES = RecordType.of("Bytes", Field.nullable("content", Scalar.BYTES));
    private static final Origin ORIGIN = new Origin("a.log", 0, 7);
    private static final byte[] NO_UTF8 = {'a', (byte) 0xC0, (byte) 0x80};

    private final RawFormat format = new RawFormat();
    private final List<String> refused = new ArrayList<>();

    @Test
    void aLineIsTextWithItsPlace() throws Exception {
        assertThat(decoded(null, LINE, LINE, " é ".getBytes(UTF_8)))
                .isEqualTo(new Decoded.Ok(DataRecord.of(" é ", "a.log", 7L)));
        RecordType numbers = LINE.project(List.of("lineNumber"));
        assertThat(decoded(null, LINE, numbers, "x".getBytes(UTF_8))).isEqualTo(new Decoded.Ok(DataRecord.of(7L)));
        assertThat(decoded(null, LINE, numbers, NO_UTF8))
                .isEqualTo(new Decoded.Malformed("invalid-utf8", "Byte 1 of 3, 0xC0, is not UTF-8."));
        RecordType files = RecordType.of("Files", Field.of("file", Scalar.STRING));
        assertThat(decoded("file", files, files, "x".getBytes(UTF_8))).isEqualTo(new Decoded.Ok(DataRecord.of("x")));
    }

    @Test
    void bytesComeBackAsTheyWere() throws Exception {
        assertThat(decoded(null, BYTES, BYTES, NO_UTF8)).isEqualTo(new Decoded.Ok(DataRecord.of((Object) NO_UTF8)));
        assertThat(encoded(BYTES, DataRecord.of((Object) NO_UTF8))).isEqualTo(NO_UTF8);
        assertThat(encoded(BYTES, DataRecord.of((Object) null))).isEmpty();
        RecordType text = RecordType.of("Text", Field.of("n", Scalar.LONG), Field.of("text", Scalar.STRING));
        assertThat(encoded(text, DataRecord.of(1L, "é"))).isEqualTo("é".getBytes(UTF_8));
    }

    @Test
    void bytesAreNoLinesOfAFile() {
        RawOptions options = new RawOptions(null);
        assertThat(format.sink(options, BYTES, this::note).orElseThrow().framing())
                .isEqualTo(Framing.MESSAGES);
        assertThat(format.source(options, DeclaredRecord.of(LINE), this::note)
                        .orElseThrow()
                        .framing())
                .isEqualTo(Framing.LINES);
    }

    @Test
    void aTextOfSeveralLinesIsAMessageAndNoLineOfAFile() {
        RecordType type = RecordType.of("Text", Field.of("text", Scalar.STRING));
        SinkFormatPlan plan =
                format.sink(new RawOptions(null), type, this::note).orElseThrow();
        for (String text : List.of("a\nb", "a\r", "\n")) {
            assertThat(plan.encoder(type).encode(DataRecord.of(text))).isEqualTo(text.getBytes(UTF_8));
            assertThatThrownBy(() -> plan.fileEncoder(type).encode(DataRecord.of(text)))
                    .isInstanceOfSatisfying(
                            EvaluationException.class, e -> assertThat(e.code()).isEqualTo("line-break"));
        }
        assertThat(plan.fileEncoder(type).encode(DataRecord.of("a\tb"))).isEqualTo("a\tb".getBytes(UTF_8));
    }

    @Test
    void recordsThatAMessageCannotFillAreRefused() {
        RecordType two = RecordType.of("Two", Field.of("a", Scalar.STRING), Field.of("b", Scalar.BYTES));
        RecordType numbers = RecordType.of("Numbers", Field.of("n", Scalar.LONG));
        RecordType more = RecordType.of("More", Field.of("a", Scalar.STRING), Field.of("n", Scalar.LONG));
        assertThat(format.source(new RawOptions(null), DeclaredRecord.of(two), this::note))
                .isEmpty();
        assertThat(format.source(new RawOptions("a"), DeclaredRecord.of(two), this::note))
                .isEmpty();
        assertThat(format.source(new RawOptions(null), DeclaredRecord.of(numbers), this::note))
                .isEmpty();
        assertThat(format.source(new RawOptions("n"), DeclaredRecord.of(more), this::note))
                .isEmpty();
        assertThat(format.sink(new RawOptions("x"), two, this::note)).isEmpty();
        assertThat(format.sink(new RawOptions(null), two, this::note)).isEmpty();
        assertThat(refused)
                .containsExactly(
                        "record: `Two` has several fields that could be the message.",
                        "record: `raw` has nothing for `b` of `Two`.",
                        "record: `Numbers` has no field of type `string` or `bytes` that could be the message.",
                        "field: A message is text or bytes, and `n` is `long`.",
                        "field: `Two` has no field `x`.",
                        ": `Two` has several fields that could be the message.");
    }

    private void note(String option, String message, String hint) {
        refused.add(option + ": " + message);
    }

    private Decoded decoded(@Nullable String field, RecordType declared, RecordType materialised, byte[] bytes)
            throws Exception {
        return InstantiationUtil.clone(format.source(new RawOptions(field), DeclaredRecord.of(declared), this::note)
                        .orElseThrow())
                .decoder(materialised)
                .decode(bytes, ORIGIN);
    }

    private byte[] encoded(RecordType type, DataRecord record) throws Exception {
        return InstantiationUtil.clone(
                        format.sink(new RawOptions(null), type, this::note).orElseThrow())
                .encoder(type)
                .encode(record);
    }
}
