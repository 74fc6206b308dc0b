package io.pipewright.flink.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.EventTime.Missing;
import io.pipewright.spi.option.SourceFormat.Blank;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.Envelope;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class EventTimeDecoderTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final Origin ORIGIN = new Origin("events", 1, 7);
    private static final RecordType TYPE =
            RecordType.of("Event", Field.of("name", Scalar.STRING), Field.nullable("at", Scalar.TIMESTAMP));

    @Test
    void aRecordHasTheTimeOfItsField() {
        assertThat(decode(Missing.DEAD_LETTER, "x@5000", SourceElement.NO_TIME))
                .containsExactly(new SourceElement(DataRecord.of("x", Instant.ofEpochMilli(5_000)), false, 5_000));
    }

    @Test
    void theFieldOfTheTimeNeedNotBeInTheOutput() throws Exception {
        EventTimeDecoder decoder = decoder(Missing.DEAD_LETTER, Blank.SKIP, TYPE.project(List.of("name")));
        EventTimeDecoder shipped = InstantiationUtil.clone(decoder);
        assertThat(run(shipped, "x@5000".getBytes(UTF_8), SourceElement.NO_TIME))
                .containsExactly(new SourceElement(DataRecord.of("x"), false, 5_000));
    }

    @Test
    void aMissingTimeIsADeadLetterOrTheSourcesOrLeftToTheWatermark() {
        assertThat(failure(decode(Missing.DEAD_LETTER, "x", 9))).isEqualTo("no-event-time");
        assertThat(decode(Missing.SOURCE_TIMESTAMP, "x", 9))
                .extracting(SourceElement::eventTime)
                .containsExactly(9L);
        assertThat(failure(decode(Missing.SOURCE_TIMESTAMP, "x", SourceElement.NO_TIME)))
                .isEqualTo("no-event-time");
        assertThat(decode(Missing.CURRENT_WATERMARK, "x", 9))
                .containsExactly(new SourceElement(DataRecord.of("x", null), false, SourceElement.NO_TIME));
    }

    @Test
    void aTimeFarInTheFutureIsAFailureWithTheBytesAndThePlace() {
        List<SourceElement> elements = decode(Missing.DEAD_LETTER, "x@" + (NOW + 60_001), SourceElement.NO_TIME);
        assertThat(failure(elements)).isEqualTo("timestamp-in-future");
        DataRecord failure = elements.get(0).record();
        assertThat(failure.get(3)).isEqualTo(Instant.ofEpochMilli(NOW + 60_001));
        assertThat((byte[]) failure.get(5)).isEqualTo(("x@" + (NOW + 60_001)).getBytes(UTF_8));
        assertThat(failure.get(6)).isEqualTo("events");
        assertThat(failure.get(7)).isEqualTo(1);
        assertThat(failure.get(8)).isEqualTo(7L);
        assertThat(decode(Missing.DEAD_LETTER, "x@" + (NOW + 60_000), 0)).noneMatch(SourceElement::failed);
    }

    @Test
    void timesBeyondAllCalendarsDoNotThrow() {
        assertThat(failure(decode(Missing.DEAD_LETTER, "x@max", 0))).isEqualTo("timestamp-in-future");
        assertThat(decode(Missing.DEAD_LETTER, "x@min", 0)).noneMatch(SourceElement::failed);
    }

    @Test
    void blankMessagesAndThoseWithoutAValueAreSkippedOrDeadLetters() {
        assertThat(decode(Missing.DEAD_LETTER, " \t\r\n", 0)).isEmpty();
        assertThat(run(decoder(Missing.DEAD_LETTER, Blank.SKIP, TYPE), null, 0)).isEmpty();
        EventTimeDecoder strict = decoder(Missing.DEAD_LETTER, Blank.DEAD_LETTER, TYPE);
        assertThat(failure(run(strict, new byte[] {' '}, 0))).isEqualTo("blank");
        assertThat(failure(run(strict, new byte[0], 0))).isEqualTo("blank");
        assertThat(failure(run(strict, null, 0))).isEqualTo("no-value");
    }

    @Test
    void whatTheFormatRefusesKeepsItsBytes() {
        List<SourceElement> elements = decode(Missing.DEAD_LETTER, "bad", 0);
        assertThat(failure(elements)).isEqualTo("malformed");
        assertThat((byte[]) elements.get(0).record().get(5)).isEqualTo("bad".getBytes(UTF_8));
        assertThat(elements.get(0).eventTime()).isEqualTo(SourceElement.NO_TIME);
    }

    @Test
    void aKeptMessageWithoutAValueIsARecordOfNulls() {
        EventTimeDecoder decoder = decoder(Missing.SOURCE_TIMESTAMP, Blank.KEEP, TYPE);
        assertThat(run(decoder, null, 5)).containsExactly(new SourceElement(DataRecord.of(null, null), false, 5));
        assertThat(run(decoder, new byte[] {' '}, 5))
                .containsExactly(new SourceElement(DataRecord.of(null, null), false, 5));
        assertThat(failure(run(decoder, null, SourceElement.NO_TIME))).isEqualTo("no-event-time");
    }

    @Test
    void whatIsReadOfTheMessageStandsBehindTheFields() throws Exception {
        EventTimeDecoder decoder = InstantiationUtil.clone(decoder(
                Missing.SOURCE_TIMESTAMP,
                Blank.KEEP,
                MetaField.addedTo(TYPE.project(List.of("name")), List.of(MetaField.values()))));
        Envelope envelope = new Envelope(
                "k".getBytes(UTF_8), Map.of("trace", "t".getBytes(UTF_8), "binary", new byte[] {(byte) 0xff}));
        assertThat(run(decoder, "x@5000".getBytes(UTF_8), 9, envelope))
                .containsExactly(new SourceElement(
                        DataRecord.of("x", "events", 1, 7L, "k", Map.of("trace", "t"), Instant.ofEpochMilli(9), false),
                        false,
                        5_000));
        assertThat(run(decoder, null, 9, Envelope.EMPTY))
                .containsExactly(new SourceElement(
                        DataRecord.of(null, "events", 1, 7L, null, Map.of(), Instant.ofEpochMilli(9), true), false, 9));
    }

    @Test
    void aMessageWithoutWhatIsReadOfItIsAFailureWithItsBytes() {
        RecordType timed = MetaField.addedTo(TYPE, List.of(MetaField.TIMESTAMP));
        EventTimeDecoder times = decoder(Missing.DEAD_LETTER, Blank.SKIP, timed);
        List<SourceElement> untimed = run(times, "x@5000".getBytes(UTF_8), SourceElement.NO_TIME, Envelope.EMPTY);
        assertThat(failure(untimed)).isEqualTo("no-timestamp");
        assertThat((byte[]) untimed.get(0).record().get(5)).isEqualTo("x@5000".getBytes(UTF_8));
        EventTimeDecoder keys =
                decoder(Missing.DEAD_LETTER, Blank.SKIP, MetaField.addedTo(TYPE, List.of(MetaField.KEY)));
        Envelope binary = new Envelope(new byte[] {(byte) 0xff}, Map.of());
        assertThat(failure(run(keys, "x@5000".getBytes(UTF_8), 9, binary))).isEqualTo("malformed-key");
        assertThat(failure(run(keys, "bad".getBytes(UTF_8), 9, binary))).isEqualTo("malformed");
        EventTimeDecoder neither = decoder(Missing.DEAD_LETTER, Blank.SKIP, TYPE);
        assertThat(run(neither, "x@5000".getBytes(UTF_8), SourceElement.NO_TIME, binary))
                .noneMatch(SourceElement::failed);
    }

    private static String failure(List<SourceElement> elements) {
        assertThat(elements).singleElement().matches(SourceElement::failed);
        return (String) elements.get(0).record().get(1);
    }

    private static List<SourceElement> decode(Missing missing, String text, long sourceTimestamp) {
        return run(decoder(missing, Blank.SKIP, TYPE), text.getBytes(UTF_8), sourceTimestamp);
    }

    private static List<SourceElement> run(EventTimeDecoder decoder, byte[] bytes, long sourceTimestamp) {
        List<SourceElement> out = new ArrayList<>();
        decoder.decode(bytes, ORIGIN, sourceTimestamp, out::add);
        return out;
    }

    private static List<SourceElement> run(
            EventTimeDecoder decoder, byte[] bytes, long sourceTimestamp, Envelope envelope) {
        List<SourceElement> out = new ArrayList<>();
        decoder.decode(bytes, ORIGIN, sourceTimestamp, envelope, out::add);
        return out;
    }

    private static EventTimeDecoder decoder(Missing missing, Blank blank, RecordType output) {
        DeclaredRecord record = new DeclaredRecord(
                "Event",
                TYPE.fields().stream()
                        .map(field -> new DeclaredField(field, List.of(field.name()), TimestampFormat.MILLIS))
                        .toList(),
                UnknownFields.IGNORE);
        EventTime time = new EventTime("at", missing, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(1));
        SourcePlan plan = new SourcePlan(
                record, type -> (bytes, origin) -> parse(new String(bytes, UTF_8), type), blank, time, null);
        return new EventTimeDecoder("events", plan, output, () -> NOW);
    }

    /** {@code name@millis}, the latter optional. */
    private static Decoded parse(String text, RecordType type) {
        if (text.equals("bad")) {
            return new Decoded.Malformed("malformed", "It is bad.");
        }
        String[] parts = text.split("@");
        Object[] values = new Object[type.size()];
        values[type.position("name")] = parts[0];
        if (parts.length > 1) {
            values[type.position("at")] = switch (parts[1]) {
                case "max" -> Instant.MAX;
                case "min" -> Instant.MIN;
                default -> Instant.ofEpochMilli(Long.parseLong(parts[1]));
            };
        }
        return new Decoded.Ok(new DataRecord(values, null));
    }
}
