package io.pipewright.stages.json;

import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.RecordType;
import java.util.List;
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
    public Optional<SourceFormatPlan> source(JsonOptions options, DeclaredRecord record, List<String> problems) {
        int before = problems.size();
        if (options.timestamps() != null) {
            problems.add("`timestamps` is for sinks; for a source, give the timestamp fields of `" + record.name()
                    + "` a `format`.");
        }
        refuseKeep(record, problems);
        return problems.size() > before ? Optional.empty() : Optional.of(new Reading(record));
    }

    private static void refuseKeep(DeclaredRecord record, List<String> problems) {
        if (record.unknown() == UnknownFields.KEEP) {
            problems.add("`json` cannot keep unknown fields yet; let `unknown` of `" + record.name()
                    + "` be `ignore` or `malformed`.");
        }
        for (DeclaredField field : record.fields()) {
            if (field.nested() != null) {
                refuseKeep(field.nested(), problems);
            }
        }
    }

    @Override
    public Optional<SinkFormatPlan> sink(JsonOptions options, RecordType written, List<String> problems) {
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
