package io.pipewright.stages.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {

    private static final Field NAME = Field.of("name", Scalar.STRING);
    private static final Field COUNT = Field.nullable("count", Scalar.INT);
    private static final RecordType TYPE = RecordType.of("Item", NAME, COUNT);
    private static final CsvOptions PLAIN = options(false, null, ",", "\"", null);
    private static final CsvOptions HEADED = options(true, null, ",", "\"", null);

    private final CsvFormat format = new CsvFormat();
    private final List<String> refused = new ArrayList<>();

    @Test
    void valuesOfEveryTypeComeBackAsTheyWere() throws Exception {
        RecordType all = new RecordType(
                "All",
                Stream.of(Scalar.values())
                        .filter(scalar -> scalar != Scalar.JSON)
                        .map(scalar -> Field.nullable(scalar.text(), scalar))
                        .toList());
        List<DataRecord> records = List.of(
                DataRecord.of(
                        " a,\"b\"\r\nü😀",
                        true,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        -0.1,
                        new BigDecimal("-1234567890123456789.00"),
                        new byte[] {0, -1, 10},
                        LocalDate.of(2024, 2, 29),
                        Instant.parse("2024-02-29T23:59:59.999999Z"),
                        Duration.ofSeconds(90, 1)),
                DataRecord.of(
                        "",
                        false,
                        0,
                        Long.MAX_VALUE,
                        Double.NaN,
                        BigDecimal.ZERO,
                        new byte[0],
                        LocalDate.of(1, 1, 1),
                        Instant.parse("0001-01-01T00:00:00Z"),
                        Duration.ofDays(-3)),
                DataRecord.of("\\N", null, null, null, null, null, null, null, null, null),
                DataRecord.of(null, null, null, null, Double.NEGATIVE_INFINITY, null, null, null, null, null));
        for (TimestampFormat timestamps : TimestampFormat.values()) {
            for (CsvOptions dialect : List.of(PLAIN, options(false, null, "\t", "'", "\\N"))) {
                CsvOptions writing = new CsvOptions(
                        false, null, dialect.delimiter(), dialect.quote(), dialect.nullValue(), timestamps);
                RecordEncoder encoder = InstantiationUtil.clone(
                        format.sink(writing, all, this::note).orElseThrow().encoder(all));
                RecordDecoder decoder =
                        InstantiationUtil.clone(format.source(dialect, DeclaredRecord.of(all, timestamps), this::note)
                                .orElseThrow()
                                .decoder(all));
                for (DataRecord record : records) {
                    assertThat(decoder.decode(encoder.encode(record), null)).isEqualTo(new Decoded.Ok(record));
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void nullIsACellWithoutQuotesAndTheEmptyTextOneWithThem() {
        assertThat(decoded(PLAIN, "\"\",")).isEqualTo(DataRecord.of("", null));
        assertThat(refusal(PLAIN, ",1")).isEqualTo("missing-field: Field `name` is missing.");
        assertThat(refusal(PLAIN, "a,\"\""))
                .isEqualTo("wrong-type: Field `count` must be an int, but is the text \"\".");
        CsvOptions marked = options(false, null, ";", "'", "NULL");
        assertThat(decoded(marked, "'NULL';NULL")).isEqualTo(DataRecord.of("NULL", null));
        assertThat(decoded(marked, ";7")).isEqualTo(DataRecord.of("", 7));
        assertThat(encoded(marked, DataRecord.of("NULL", null))).isEqualTo("'NULL';NULL");
    }

    @Test
    void whatIsMalformedIsRefusedWithTheReason() {
        assertThat(refusal(PLAIN, "a")).isEqualTo("malformed-csv: The line has 1 cell, and there are 2 columns.");
        assertThat(refusal(PLAIN, "a,1,")).isEqualTo("malformed-csv: The line has 3 cells, and there are 2 columns.");
        assertThat(refusal(PLAIN, "\"a,1")).isEqualTo("malformed-csv: The quote of cell 1 is never closed.");
        assertThat(refusal(PLAIN, "a,\"1\"x")).isEqualTo("malformed-csv: Text follows the closing quote of cell 2.");
        assertThat(refusal(PLAIN, "a\"b\",1"))
                .isEqualTo("malformed-csv: Cell 1 holds a quote but does not begin with one.");
        assertThat(refusal(PLAIN, "a, 1"))
                .isEqualTo("wrong-type: Field `count` must be an int, but is the text \" 1\".");
        assertThat(refusal(PLAIN, "a,2147483648"))
                .isEqualTo("out-of-range: Field `count` must be an int, but 2147483648 is out of range.");
        Decoded latin = source(PLAIN, DeclaredRecord.of(TYPE)).decode("\u00ff,1".getBytes(ISO_8859_1), null);
        assertThat(latin).isEqualTo(new Decoded.Malformed("invalid-utf8", "Byte 0 of 3, 0xFF, is not UTF-8."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name,count", "\ufeffname,count", "x,count,\"na\"\"me\",name"})
    void aHeaderSaysWhereEachColumnIs(String header) {
        List<String> names = List.of(header.replace("\ufeff", "").split(","));
        String line = String.join(
                ",",
                names.stream()
                        .map(name -> name.equals("count") ? "3" : name.equals("name") ? "\"a\"\"b\"" : "?")
                        .toList());
        RecordDecoder below = source(HEADED, DeclaredRecord.of(TYPE)).below(header.getBytes(UTF_8));
        Origin origin = new Origin("in.csv", 0, 2);
        DataRecord record = ((Decoded.Ok) below.decode(line.getBytes(UTF_8), origin)).record();
        assertThat(record).isEqualTo(DataRecord.of("a\"b", 3));
        assertThat(record.origin()).isSameAs(origin);
    }

    @Test
    void whatIsWrongWithAHeaderIsWrongWithEachLineBelowIt() throws Exception {
        assertThat(below("count", "3")).isEqualTo("missing-field: Field `name` is missing.");
        assertThat(below("name,\"count", "a,3"))
                .isEqualTo("malformed-csv: The header is wrong: The quote of cell 2 is never closed.");
        assertThat(below("name,name,count", "a,b,3"))
                .isEqualTo("malformed-csv: The header is wrong: Column `name` is there twice.");
        assertThat(refusal(HEADED, "a,3")).isEqualTo("malformed-csv: No header was read before this line.");
        DeclaredRecord strict =
                new DeclaredRecord("Item", DeclaredRecord.of(TYPE).fields(), UnknownFields.MALFORMED);
        RecordDecoder below = InstantiationUtil.clone(source(HEADED, strict).below("name,x".getBytes(UTF_8)));
        assertThat(text(below.decode("a,b".getBytes(UTF_8), null)))
                .isEqualTo("unknown-field: The header is wrong: Column `x` is not declared in `Item`.");
    }

    @Test
    void columnsAreFoundByPathAndFieldsThatNobodyReadsAreCheckedToo() {
        DeclaredRecord declared = new DeclaredRecord(
                "Item",
                List.of(
                        new DeclaredField(NAME, List.of("agent-id"), TimestampFormat.ISO),
                        new DeclaredField(COUNT, List.of("a", "b"), TimestampFormat.ISO)),
                UnknownFields.IGNORE);
        CsvOptions ordered = options(false, List.of("x", "a.b", "agent-id"), ",", "\"", null);
        RecordDecoder names =
                format.source(ordered, declared, this::note).orElseThrow().decoder(TYPE.project(List.of("name")));
        assertThat(names.decode("?,7,z".getBytes(UTF_8), null)).isEqualTo(new Decoded.Ok(DataRecord.of("z")));
        assertThat(text(names.decode("?,y,z".getBytes(UTF_8), null))).startsWith("wrong-type: Field `count`");
    }

    @Test
    void aSinkWritesTheHeaderOnlyIfItIsToldTo() {
        assertThat(format.sink(PLAIN, TYPE, this::note)
                        .orElseThrow()
                        .encoder(TYPE)
                        .header())
                .isEmpty();
        assertThat(format.sink(HEADED, TYPE, this::note)
                        .orElseThrow()
                        .encoder(TYPE)
                        .header())
                .hasValue("name,count".getBytes(UTF_8));
        assertThat(format.sink(HEADED, TYPE, this::note).orElseThrow().framing())
                .isEqualTo(Framing.LINES_BELOW_HEADER);
    }

    @Test
    void optionsThatCannotBeMeantAreRefused() {
        DeclaredRecord item = DeclaredRecord.of(TYPE);
        for (CsvOptions wrong : Arrays.asList(
                options(false, null, "", "\"", null),
                options(false, null, ",,", "\"", null),
                options(false, null, ",", "", null),
                options(false, null, ",", ",", null),
                options(false, null, ",", "\"", "a,b"),
                options(true, List.of("name"), ",", "\"", null),
                options(false, List.of(), ",", "\"", null),
                options(false, List.of("name", "x", "x"), ",", "\"", null),
                options(false, List.of("count"), ",", "\"", null),
                new CsvOptions(false, null, ",", "\"", null, TimestampFormat.ISO))) {
            assertThat(format.source(wrong, item, this::note)).isEmpty();
        }
        RecordType deep = RecordType.of("Deep", Field.of("tags", new ListType(Scalar.STRING)));
        assertThat(format.source(PLAIN, DeclaredRecord.of(deep), this::note)).isEmpty();
        assertThat(format.sink(PLAIN, deep, this::note)).isEmpty();
        assertThat(format.sink(PLAIN, RecordType.of("One", COUNT), this::note)).isEmpty();
        assertThat(format.sink(options(false, List.of("name"), ",", "\"", null), TYPE, this::note))
                .isEmpty();
        assertThat(refused)
                .containsExactly(
                        "delimiter",
                        "delimiter",
                        "quote",
                        "quote",
                        "nullValue",
                        "columns",
                        "columns",
                        "columns[2]",
                        "columns",
                        "timestamps",
                        "record",
                        "",
                        "",
                        "columns");
    }

    private void note(String option, String message, String hint) {
        refused.add(option);
    }

    private static CsvOptions options(
            boolean header,
            @Nullable List<String> columns,
            String delimiter,
            String quote,
            @Nullable String nullValue) {
        return new CsvOptions(header, columns, delimiter, quote, nullValue, null);
    }

    private RecordDecoder source(CsvOptions options, DeclaredRecord declared) {
        return format.source(options, declared, this::note).orElseThrow().decoder(declared.type());
    }

    private DataRecord decoded(CsvOptions options, String line) {
        return ((Decoded.Ok) source(options, DeclaredRecord.of(TYPE)).decode(line.getBytes(UTF_8), null)).record();
    }

    private String refusal(CsvOptions options, String line) {
        return text(source(options, DeclaredRecord.of(TYPE)).decode(line.getBytes(UTF_8), null));
    }

    private String below(String header, String line) {
        return text(source(HEADED, DeclaredRecord.of(TYPE))
                .below(header.getBytes(UTF_8))
                .decode(line.getBytes(UTF_8), null));
    }

    private static String text(Decoded decoded) {
        Decoded.Malformed malformed = (Decoded.Malformed) decoded;
        return malformed.code() + ": " + malformed.reason();
    }

    private String encoded(CsvOptions options, DataRecord record) {
        return new String(
                format.sink(options, TYPE, this::note)
                        .orElseThrow()
                        .encoder(TYPE)
                        .encode(record),
                UTF_8);
    }
}
