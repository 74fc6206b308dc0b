package io.pipewright.stages.kafka;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SourceFormat;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a {@code kafka} source. */
public record KafkaSourceOptions(
        @Option(doc = "The Kafka connection.") ConnectionRef connection,
        @Option(doc = "The topics to read, each one that exists; or `topicPattern`.", change = Option.Change.SPLITS)
                @Nullable
                List<String> topics,
        @Option(
                        doc =
                                "Reads all topics whose whole names match this regular expression of RE2, such as `orders-.*`; those"
                                        + " that are made later are found within a minute, and read from their first message.",
                        change = Option.Change.SPLITS)
                @Nullable
                String topicPattern,
        @Option(
                        doc =
                                "The consumer group under which offsets are committed at every checkpoint. The offsets in a"
                                        + " checkpoint count, not these; they are for other tools and for a start without one.")
                String group,
        @Option(doc = "Where to begin when there is no checkpoint; `{at: committed}` if absent.") @Nullable
                StartFrom startFrom,
        @Option(doc = "Where to end, for a bounded run; without it the source never ends.") @Nullable Until until,
        @Option(doc = "Settings of Kafka's consumer, from a list of those that cannot break the engine's promises.")
                @Nullable
                Map<String, String> properties,
        @Option(doc = "How a message is read.", change = Option.Change.SPLITS) SourceFormat format,
        @Option(doc = "How many records all subtasks together may read, such as `500/s`; no record is dropped.")
                @Nullable
                Rate rateLimit,
        @Option(doc = "Where the time of an event is read; needed if a stage goes by event time.") @Nullable
                EventTime eventTime) {

    /** Where to begin. */
    public record StartFrom(
            @Option(doc = "The offsets committed under `group`, the first or the end of every partition, or a time.")
                    Position at,
            @Option(doc = "With `at: timestamp`, the first record of this time or later.") @Nullable Instant time,
            @Option(
                            doc = "With `at: committed`, where to begin in a partition without a commit: `earliest` if"
                                    + " absent.")
                    @Nullable
                    OrElse orElse)
            implements Serializable {}

    /** A place in every partition. */
    public enum Position {
        COMMITTED,
        EARLIEST,
        LATEST,
        TIMESTAMP
    }

    /** A place in a partition without a commit. */
    public enum OrElse {
        EARLIEST,
        LATEST
    }

    /** Where to end. */
    public record Until(
            @Option(doc = "The end of every partition as it is at the start of the run, or a time.") End at,
            @Option(doc = "With `at: timestamp`, the last record before this time.") @Nullable Instant time)
            implements Serializable {}

    /** A place where a bounded run ends. */
    public enum End {
        LATEST,
        TIMESTAMP
    }
}
