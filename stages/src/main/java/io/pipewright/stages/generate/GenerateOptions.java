package io.pipewright.stages.generate;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a {@code generate} source. */
public record GenerateOptions(
        @Option(doc = "What each record is.", change = Option.Change.SPLITS) RecordRef record,
        @Option(
                        doc = "Equal seeds give equal records, however many subtasks make them.",
                        defaultValue = "42",
                        change = Option.Change.SPLITS)
                long seed,
        @Option(
                        doc = "How many records there are, of all subtasks together; without it the source never ends.",
                        least = "1",
                        most = "1000000000000",
                        change = Option.Change.SPLITS)
                @Nullable
                Long count,
        @Option(
                        doc =
                                "The `time` of the first record. The time of a record is this and `step` for each record before"
                                        + " it, less a random part of `disorder`.",
                        defaultValue = "2026-01-01T00:00:00Z",
                        change = Option.Change.SPLITS)
                Instant start,
        @Option(
                        doc = "How much later each record is than the one before it.",
                        defaultValue = "1s",
                        most = "1h",
                        change = Option.Change.SPLITS)
                Duration step,
        @Option(
                        doc =
                                "By how much a record may be earlier than that, at random: none is earlier than one that came"
                                        + " before it by more.",
                        defaultValue = "0s",
                        most = "3650d",
                        change = Option.Change.SPLITS)
                Duration disorder,
        @Option(
                        doc =
                                "The value of a field, by its name: an expression over `n`, the number of the record from 0 on,"
                                        + " `time`, and `random`, a number of at least 0 and below 1 that is another one for every"
                                        + " field and record. A field that is not named here has a random value of its type, a"
                                        + " timestamp `time`; where it may be null, one in ten is.",
                        change = Option.Change.SPLITS)
                @Nullable
                Map<String, Expression> fields,
        @Option(
                        doc = "How many records all subtasks together may make, such as `500/s`; as many as they can if"
                                + " absent.")
                @Nullable
                Rate rateLimit,
        @Option(doc = "Which field is the time of an event; needed if a stage goes by event time.") @Nullable
                EventTime eventTime) {

    @Override
    public Map<String, Expression> fields() {
        return fields == null ? Map.of() : fields;
    }
}
