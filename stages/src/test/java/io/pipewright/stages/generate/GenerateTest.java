package io.pipewright.stages.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is planned of the source, and the records that it makes of their numbers. */
class GenerateTest {

    private static final RecordType INNER = new RecordType("Inner", List.of(Field.of("text", Scalar.STRING)));
    private static final RecordType ORDER = new RecordType(
            "Order",
            List.of(
                    Field.of("id", Scalar.LONG),
                    Field.of("count", Scalar.INT),
                    Field.of("price", Scalar.DOUBLE),
                    Field.of("total", Scalar.DECIMAL),
                    Field.nullable("note", Scalar.STRING),
                    Field.of("at", Scalar.TIMESTAMP),
                    Field.of("tags", new ListType(Scalar.BYTES)),
                    Field.of("days", new MapType(Scalar.DATE)),
                    Field.of("inner", INNER),
                    Field.of("left", Scalar.DURATION),
                    Field.of("open", Scalar.BOOLEAN)));

    @Test
    void aRecordIsAFunctionOfTheSeedAndItsNumber() {
        assertThat(records(options(42, Map.of()), ORDER, 50)).isEqualTo(records(options(42, Map.of()), ORDER, 50));
        assertThat(records(options(42, Map.of()), ORDER, 1)).isNotEqualTo(records(options(43, Map.of()), ORDER, 1));
        assertThat(Set.copyOf(records(options(42, Map.of()), ORDER, 50))).hasSize(50);
    }

    @Test
    void theFirstRecordsOfASeedNeverChange() {
        RecordType some = ORDER.project(Set.of("id", "price", "note", "at"));
        assertThat(records(options(42, Map.of()), some, 2))
                .containsExactly(
                        DataRecord.of(962L, 988.9320500211098, "yjhvarlw", Instant.parse("2026-01-01T00:00:00Z")),
                        DataRecord.of(42L, 305.9843918350709, "fgabvvpb", Instant.parse("2026-01-01T00:00:01Z")));
    }

    @Test
    void aFieldHasItsValueWhicheverOthersAreRead() {
        List<DataRecord> whole = records(options(42, Map.of()), ORDER, 20);
        RecordType some = ORDER.project(Set.of("note", "open"));
        int[] positions = some.names().stream().mapToInt(ORDER::position).toArray();
        assertThat(records(options(42, Map.of()), some, 20))
                .isEqualTo(
                        whole.stream().map(record -> record.project(positions)).toList());
    }

    @Test
    void onlyWhatMayBeNullIsNullAndThatNowAndThen() {
        List<DataRecord> records = records(options(42, Map.of()), ORDER, 1_000);
        long nulls = records.stream().filter(record -> record.get(4) == null).count();
        assertThat(nulls).isBetween(50L, 150L);
        assertThat(records)
                .allSatisfy(record -> assertThat(record.missingField(ORDER)).isNull());
    }

    @Test
    void anExpressionSeesTheNumberTheTimeAndARandomNumberOfItsOwn() {
        Map<String, String> fields = Map.of(
                "id",
                "n * 2",
                "count",
                "n",
                "price",
                "n",
                "total",
                "n",
                "note",
                "string(n)",
                "left",
                "duration(\"1h\")");
        DataRecord third = records(options(42, fields), ORDER, 3).get(2);
        assertThat(third.get(0)).isEqualTo(4L);
        assertThat(third.get(1)).isEqualTo(2);
        assertThat(third.get(2)).isEqualTo(2.0);
        assertThat(third.get(3)).isEqualTo(BigDecimal.valueOf(2));
        assertThat(third.get(4)).isEqualTo("2");
        assertThat(third.get(5)).isEqualTo(Instant.parse("2026-01-01T00:00:02Z"));
        assertThat(third.get(9)).isEqualTo(Duration.ofHours(1));

        Map<String, String> random = Map.of("price", "random", "total", "decimal(random)");
        List<DataRecord> many = records(options(42, random), ORDER, 1_000);
        assertThat(many).allSatisfy(record -> assertThat((Double) record.get(2)).isBetween(0.0, 1.0));
        assertThat(many.stream()
                        .mapToDouble(record -> (Double) record.get(2))
                        .average()
                        .orElseThrow())
                .isBetween(0.45, 0.55);
        assertThat(many).noneMatch(record -> record.get(3).equals(BigDecimal.valueOf((Double) record.get(2))));
    }

    @Test
    void whatHasNoValueIsMalformedAndSaysWhy() {
        GeneratePlan plan = plan(options(42, Map.of("id", "1 / (n - 1)", "count", "n * 3000000000")));
        RecordDecoder decoder = plan.records().decoder(ORDER);
        assertThat(decoder.decode("0".getBytes(UTF_8), null)).isInstanceOf(Decoded.Ok.class);
        assertThat(decoder.decode("1".getBytes(UTF_8), null))
                .isInstanceOfSatisfying(
                        Decoded.Malformed.class, bad -> assertThat(bad.code()).isEqualTo("division-by-zero"));
        assertThat(decoder.decode("2".getBytes(UTF_8), null))
                .isEqualTo(new Decoded.Malformed("overflow", "`count` is `int`, and 6000000000 is wider."));
        for (String text : List.of("-1", "one", "99999999999999999999")) {
            assertThat(decoder.decode(text.getBytes(UTF_8), null))
                    .isInstanceOfSatisfying(Decoded.Malformed.class, bad -> assertThat(bad.code())
                            .isEqualTo("malformed-number"));
        }
        for (String text : List.of("300000000000", "9223372036854775807")) {
            assertThat(decoder.decode(text.getBytes(UTF_8), null))
                    .isEqualTo(
                            new Decoded.Malformed("overflow", "The time of the record is not in the years 1 to 9999."));
        }
    }

    @Test
    void disorderMovesTimesBackByAtMostThat() {
        GeneratedRecords records = new GeneratedRecords(1, 0, 100, 250, Map.of());
        List<Long> behind = new ArrayList<>();
        for (long n = 0; n < 1_000; n++) {
            behind.add(n * 100 - records.time(n));
        }
        assertThat(behind).allMatch(late -> late >= 0 && late <= 250).contains(0L, 250L);
    }

    @Test
    void whatDoesNotFitTheRecordIsReported() {
        TestPlan in = new TestPlan().record(ORDER);
        new GenerateType()
                .plan(
                        options(42, Map.of("id", "\"x\"", "nothing", "n", "count", "m", "price", "true", "note", "n")),
                        in);
        assertThat(in.problems())
                .containsExactlyInAnyOrder(
                        "type-mismatch at fields.id",
                        "unknown-field at fields.nothing:",
                        "unknown-field at fields.count",
                        "type-mismatch at fields.price",
                        "type-mismatch at fields.note");
    }

    private static GenerateOptions options(long seed, Map<String, String> fields) {
        Map<String, Expression> expressions = new LinkedHashMap<>();
        fields.forEach((name, text) -> expressions.put(name, new Expression(text, "fields." + name)));
        return new GenerateOptions(
                new RecordRef("Order", "record"),
                seed,
                null,
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofSeconds(1),
                Duration.ZERO,
                expressions,
                null,
                null);
    }

    private static GeneratePlan plan(GenerateOptions options) {
        return StageRun.plan(new GenerateType(), options, new TestPlan().record(ORDER));
    }

    private static List<DataRecord> records(GenerateOptions options, RecordType read, int count) {
        RecordDecoder decoder = plan(options).records().decoder(read);
        List<DataRecord> records = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Decoded decoded = decoder.decode(Integer.toString(n).getBytes(UTF_8), null);
            records.add(((Decoded.Ok) decoded).record());
        }
        return records;
    }
}
