package io.pipewright.plan;

import io.pipewright.schema.PluginCall;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SinkFormat;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.option.SourceFormat.Blank;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the format of a source or sink, and the event time of a source. */
final class FormatCheck {

    private final PluginCatalog plugins;
    private final PlanContext in;
    private final String path;

    /** @param path where the format stands */
    FormatCheck(PluginCatalog plugins, PlanContext in, String path) {
        this.plugins = plugins;
        this.in = in;
        this.path = path;
    }

    Optional<SourcePlan> source(SourceFormat format, @Nullable EventTime time, @Nullable Rate rateLimit) {
        DeclaredRecord record = in.record(format.record());
        eventTime(time, record.type());
        checkBlank(format.blank(), record.type());
        return source(format, record).map(ok -> new SourcePlan(record, ok, format.blank(), time, rateLimit));
    }

    /** A message that says nothing can only be a record of nulls. */
    private void checkBlank(Blank blank, RecordType type) {
        List<String> needed = type.fields().stream()
                .filter(field -> !field.nullable())
                .map(field -> "`" + field.name() + "`")
                .toList();
        if (blank == Blank.KEEP && !needed.isEmpty()) {
            refuse(
                    "blank",
                    "A blank message is kept as a record of nulls, and " + String.join(", ", needed) + " of `"
                            + type.name() + "` may not be null.",
                    "declare every field of it with a `?`, or write `skip` or `deadLetter`.");
        }
    }

    Optional<SourceFormatPlan> source(SourceFormat format, DeclaredRecord record) {
        FormatType<?> type = formatType(format.type());
        Optional<String> keeping = type.keepsUnknown() ? Optional.empty() : KeptFields.keeping(record.type());
        keeping.ifPresent(name -> refuse(
                "record",
                "`" + type.name() + "` cannot keep unknown fields, and `" + name + "` is to keep them.",
                "let `unknown` of `" + name + "` be `ignore` or `malformed`."));
        return keeping.isPresent() ? Optional.empty() : sourcePlan(type, format.options(), record);
    }

    /** Checks the event time of a source, if it has any. */
    void eventTime(@Nullable EventTime time, RecordType type) {
        if (time != null) {
            in.checkField(time.field(), type, "eventTime.field").ifPresent(field -> checkTime(time, field));
        }
    }

    Optional<SinkFormatPlan> sink(SinkFormat format, RecordType written) {
        FormatType<?> type = formatType(format.type());
        Optional<String> keeping = type.keepsUnknown() ? Optional.empty() : KeptFields.keeping(written);
        keeping.ifPresent(name -> refuse(
                "",
                "`" + type.name() + "` cannot write the unknown fields that `" + name + "` keeps.",
                "name the fields to write with a `select` before the sink, or write `json`."));
        return keeping.isPresent() ? Optional.empty() : sinkPlan(type, format.options(), written);
    }

    private void refuse(String option, String message, String hint) {
        in.error("bad-format", option.isEmpty() ? path : path + "." + option, message, hint);
    }

    private FormatType<?> formatType(String name) {
        FormatType<?> type = plugins.formats().get(name);
        if (type == null) {
            throw new IllegalStateException("The definition let an unknown format through: " + name);
        }
        return type;
    }

    private <O extends Record> Optional<SourceFormatPlan> sourcePlan(
            FormatType<O> type, Record options, DeclaredRecord record) {
        return call(type).ask(() -> type.source(type.optionsType().cast(options), record, this::refuse));
    }

    private <O extends Record> Optional<SinkFormatPlan> sinkPlan(
            FormatType<O> type, Record options, RecordType written) {
        return call(type).ask(() -> type.sink(type.optionsType().cast(options), written, this::refuse));
    }

    private PluginCall call(FormatType<?> type) {
        return new PluginCall(type, "`" + in.id() + "`");
    }

    private void checkTime(EventTime time, Field field) {
        if (field.type() != Scalar.TIMESTAMP) {
            in.error(
                    "type-mismatch",
                    "eventTime.field",
                    "Event time needs a `timestamp`, and `" + time.field() + "` is `" + field.text() + "`.",
                    "declare the field as `timestamp` with the `format` it is written in.");
        } else if (field.nullable() && time.missing() == null) {
            in.error(
                    "missing-event-time",
                    "eventTime",
                    "`" + time.field() + "` may be null, and nothing says what such a record's time is.",
                    "add `missing: deadLetter`, `missing: sourceTimestamp` or `missing: currentWatermark`.");
        }
    }
}
