package com.example.onchange;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a pipeline writes under {@code type: onChange}. The schema, the binding, the defaults and the page of
 * {@code pipewright describe} are made from this record.
 */
public record OnChangeOptions(
        @Option(doc = "The fields that say whose value it is.", change = Change.LOSES) List<String> keyBy,
        @Option(
                        doc =
                                "The value that is compared with the one before it: an expression over the fields of the input.",
                        change = Change.LOSES)
                Expression value,
        @Option(
                        doc =
                                "For how long after the last record of a key its value is remembered, in event time; for good if"
                                        + " absent. The next record after that passes.",
                        least = "1ms",
                        change = Change.SPLITS)
                @Nullable
                Duration ttl) {

    public OnChangeOptions {
        keyBy = List.copyOf(keyBy);
    }
}
