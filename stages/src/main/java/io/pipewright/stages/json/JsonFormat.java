package io.pipewright.stages.json;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.RecordType;
import java.util.Optional;

/** The {@code json} format: one JSON object per message or line. */
public final class JsonFormat implements FormatType<JsonOptions> {

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String summary() {
        return "One JSON object per message or line.";
    }

    @Override
    public Class<JsonOptions> optionsType() {
        return JsonOptions.class;
    }

    @Override
    public boolean keepsUnknown() {
        return true;
    }

    @Override
    public Optional<SourceFormatPlan> source(JsonOptions options, DeclaredRecord record, FormatProblems problems) {
        if (options.timestamps() != null) {
            problems.error(
                    "timestamps",
                    "`timestamps` is for sinks; a source reads each timestamp as its field says.",
                    "give the timestamp fields of `" + record.name() + "` a `format`.");
            return Optional.empty();
        }
        return Optional.of(new Reading(record));
    }

    @Override
    public Optional<SinkFormatPlan> sink(JsonOptions options, RecordType written, FormatProblems problems) {
        TimestampFormat timestamps = options.timestamps();
        return Optional.of(new Writing(timestamps == null ? TimestampFormat.ISO : timestamps));
    }

    private record Reading(DeclaredRecord declared) implements SourceFormatPlan {
        @Override
        public RecordDecoder decoder(RecordType materialised) {
            return new JsonDecoder(declared, materialised);
        }
    }

    private record Writing(TimestampFormat timestamps) implements SinkFormatPlan {
        @Override
        public RecordEncoder encoder(RecordType written) {
            return new JsonEncoder(written, timestamps);
        }
    }
}
