package io.pipewright.flink.source;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.SourceFormat.Blank;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.stage.Envelope;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into a record with its event time, by the rules of the source's {@code eventTime}, or into a failure that
 * keeps the bytes and the position.
 *
 * <p>Codes of its own: {@code blank}, {@code no-value}, {@code no-event-time}, {@code timestamp-in-future}; others are
 * the format's, or those of {@link MetaValues}. A record that gets the current watermark as its time leaves with {@link SourceElement#NO_TIME}; the
 * splitter behind the source gives it one.
 */
public final class EventTimeDecoder implements SourceDecoder {

    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = new byte[0];

    private final String stage;
    private final SourcePlan plan;
    private final RecordType output;
    private final Clock clock;
    private final RecordDecoder decoder;
    private final int timeField;
    private final int @Nullable [] projection;
    private final int decodedSize;
    private final @Nullable MetaValues meta;

    /** The furthest time that was not too far ahead of the clock when it was last asked. */
    private long latest = Long.MIN_VALUE;

    /** The machine's clock, in milliseconds since the epoch. */
    public interface Clock extends LongSupplier, Serializable {}

    /**
     * @param stage the source's id
     * @param output the layout of the records emitted; the field of the event time need not be in it
     */
    public EventTimeDecoder(String stage, SourcePlan plan, RecordType output, Clock clock) {
        this.stage = stage;
        this.plan = plan;
        this.output = output;
        this.clock = clock;
        RecordType declared = MetaField.without(output);
        RecordType decoded = decodedType(plan, declared);
        EventTime time = plan.eventTime();
        this.decoder = plan.format().decoder(decoded);
        this.timeField = time == null ? -1 : decoded.position(time.field());
        this.projection = decoded.sameLayout(declared)
                ? null
                : declared.names().stream().mapToInt(decoded::position).toArray();
        this.decodedSize = decoded.size();
        List<MetaField> asked = MetaField.in(output);
        this.meta = asked.isEmpty() ? null : new MetaValues(asked);
    }

    private EventTimeDecoder(EventTimeDecoder other, RecordDecoder decoder) {
        this.stage = other.stage;
        this.plan = other.plan;
        this.output = other.output;
        this.clock = other.clock;
        this.decoder = decoder;
        this.timeField = other.timeField;
        this.projection = other.projection;
        this.decodedSize = other.decodedSize;
        this.meta = other.meta;
    }

    @Override
    public EventTimeDecoder below(byte[] header) {
        return new EventTimeDecoder(this, decoder.below(header));
    }

    private static RecordType decodedType(SourcePlan plan, RecordType output) {
        EventTime time = plan.eventTime();
        if (time == null || output.indexOf(time.field()) >= 0) {
            return output;
        }
        Set<String> names = new HashSet<>(output.names());
        names.add(time.field());
        return plan.record().type().project(names);
    }

    @Override
    public void decode(byte @Nullable [] bytes, Origin origin, long sourceTimestamp, Consumer<SourceElement> out) {
        decode(bytes, origin, sourceTimestamp, Envelope.EMPTY, out);
    }

    @Override
    public void decode(
            byte @Nullable [] bytes,
            Origin origin,
            long sourceTimestamp,
            Envelope envelope,
            Consumer<SourceElement> out) {
        Decoded decoded;
        if (bytes != null && !plan.format().framing().isBlank(bytes)) {
            decoded = decoder.decode(bytes, origin);
        } else if (plan.blank() == Blank.KEEP) {
            decoded = new Decoded.Ok(new DataRecord(new Object[decodedSize], origin));
        } else {
            if (plan.blank() == Blank.DEAD_LETTER) {
                out.accept(blank(bytes, origin));
            }
            return;
        }
        byte[] raw = bytes == null ? NOTHING : bytes;
        if (decoded instanceof Decoded.Malformed malformed) {
            out.accept(failure(malformed, raw, origin));
        } else if (decoded instanceof Decoded.Ok ok) {
            SourceElement element = timed(ok.record(), raw, origin, sourceTimestamp);
            if (meta != null && !element.failed()) {
                Decoded whole = meta.addedTo(element.record(), bytes == null, origin, sourceTimestamp, envelope);
                element = whole instanceof Decoded.Ok with
                        ? new SourceElement(with.record(), false, element.eventTime())
                        : failure((Decoded.Malformed) whole, raw, origin);
            }
            out.accept(element);
        }
    }

    private SourceElement timed(DataRecord record, byte[] bytes, Origin origin, long sourceTimestamp) {
        EventTime rules = plan.eventTime();
        DataRecord emitted = projection == null ? record : record.project(projection);
        if (rules == null) {
            return new SourceElement(emitted, false, SourceElement.NO_TIME);
        }
        long time;
        if (record.get(timeField) instanceof Instant instant) {
            time = millis(instant);
        } else if (rules.missing() == EventTime.Missing.CURRENT_WATERMARK) {
            return new SourceElement(emitted, false, SourceElement.NO_TIME);
        } else if (rules.missing() == EventTime.Missing.SOURCE_TIMESTAMP) {
            time = sourceTimestamp;
        } else {
            time = SourceElement.NO_TIME;
        }
        if (time == SourceElement.NO_TIME) {
            return noTime(rules, bytes, origin);
        }
        if (time > latest && isTooFarAhead(time, rules.maxFutureDrift())) {
            return tooFarAhead(rules, time, bytes, origin);
        }
        return new SourceElement(emitted, false, time);
    }

    /** What was not too far ahead of the clock will not be later on, so it is asked only for times after all others. */
    private boolean isTooFarAhead(long time, Duration drift) {
        try {
            latest = Math.addExact(clock.getAsLong(), drift.toMillis());
        } catch (ArithmeticException beyondAllTime) {
            latest = Long.MAX_VALUE;
        }
        return time > latest;
    }

    /** Times before the first one that Flink can tell from none are that one. */
    private static long millis(Instant instant) {
        try {
            return Math.max(instant.toEpochMilli(), SourceElement.NO_TIME + 1);
        } catch (ArithmeticException beyondAllTime) {
            return instant.getEpochSecond() < 0 ? SourceElement.NO_TIME + 1 : Long.MAX_VALUE;
        }
    }

    private SourceElement blank(byte @Nullable [] bytes, Origin origin) {
        return bytes == null
                ? failure("no-value", "The message has no value.", null, NOTHING, origin)
                : failure("blank", "The message is blank.", null, bytes, origin);
    }

    private SourceElement noTime(EventTime rules, byte[] bytes, Origin origin) {
        String reason = rules.missing() == EventTime.Missing.SOURCE_TIMESTAMP
                ? "`" + rules.field() + "` is missing, and the source system gave no timestamp either."
                : "`" + rules.field() + "` is missing.";
        return failure("no-event-time", reason, null, bytes, origin);
    }

    private SourceElement tooFarAhead(EventTime rules, long time, byte[] bytes, Origin origin) {
        Instant instant = Instant.ofEpochMilli(time);
        String reason = "The event time " + instant + " is more than `maxFutureDrift` ("
                + rules.maxFutureDrift().toMillis() + " ms) ahead of the clock.";
        return failure("timestamp-in-future", reason, instant, bytes, origin);
    }

    private SourceElement failure(Decoded.Malformed malformed, byte[] bytes, Origin origin) {
        return failure(malformed.code(), malformed.reason(), null, bytes, origin);
    }

    private SourceElement failure(
            String code, String reason, @Nullable Instant eventTime, byte[] bytes, Origin origin) {
        DataRecord failure = FailureRecord.ofRaw(stage, code, reason, eventTime, bytes, origin);
        return new SourceElement(failure, true, SourceElement.NO_TIME);
    }

    @Override
    public TypeInformation<SourceElement> elementType() {
        return new SourceElementTypeInfo(output);
    }
}
