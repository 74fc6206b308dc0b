package io.pipewright.stages.enrich;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Option.Change;
import io.pipewright.spi.option.PortRef;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@code enrich}; its first input is {@code from}. */
public record EnrichOptions(
        @Option(
                        doc =
                                "The input whose latest record of each key is remembered, such as `routing.customers`. All its"
                                        + " fields are stored.",
                        change = Change.LOSES)
                PortRef with,
        @Option(doc = "What expressions call the remembered record: with `customer`, they read `customer.tier`.")
                String name,
        @Option(doc = "The fields of both inputs that must be equal.", change = Change.LOSES) Keys keyBy,
        @Option(
                        doc =
                                "How long a remembered record counts, in event time since it was last updated; for good if"
                                        + " absent.",
                        least = "1ms",
                        change = Change.SPLITS)
                @Nullable
                Duration ttl,
        @Option(
                        doc =
                                "`eventTime` takes the record of `with` that was the latest at the record's own time; it waits"
                                        + " for the watermark, and a replay gives the same. `arrival` takes the one that came last,"
                                        + " at once; a replay may give another. Equal times are decided by arrival.",
                        defaultValue = "eventTime",
                        change = Change.SPLITS)
                Order order,
        @Option(
                        doc =
                                "What becomes of a record whose key has no remembered record: `keep` sends it on, with the"
                                        + " remembered fields null; `drop` drops and counts it; `wait` lets it wait for the"
                                        + " first one to come, for `waitUpTo`, and then sends it to `.missed`."
                                        + " What waits is lost by an edit from `wait` to another.",
                        defaultValue = "keep",
                        change = Change.SPLITS)
                Missing missing,
        @Option(
                        doc =
                                "With `missing: wait`, how much later than the record the first one of `with` may be, in event"
                                        + " time, both ends included. A record has its own time also when it had to wait; so"
                                        + " that it is not late for those who read it, their watermark is behind by that much.",
                        least = "1ms",
                        change = Change.SPLITS)
                @Nullable
                Duration waitUpTo,
        @Option(
                        doc =
                                "Which records of `with` end what is remembered of their key, and are not remembered themselves:"
                                        + " a condition over their fields, such as `deleted`.",
                        change = Change.SPLITS)
                @Nullable
                Expression deleteWhere,
        @Option(
                        doc =
                                "The fields to add: a name for each expression over the fields of `from` and the remembered"
                                        + " record. A field of `from` with the same name is replaced.")
                Map<String, Expression> add) {

    public EnrichOptions {
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
    }

    /** The key fields of both inputs, in the same order and of the same types. */
    public record Keys(
            @Option(doc = "The key fields of `from`.", change = Change.LOSES) List<String> from,
            @Option(doc = "The key fields of `with`.", change = Change.LOSES) List<String> with) {

        public Keys {
            from = List.copyOf(from);
            with = List.copyOf(with);
        }
    }

    /** Which remembered record counts. */
    public enum Order {
        EVENT_TIME,
        ARRIVAL
    }

    /** What becomes of a record without a remembered one. */
    public enum Missing {
        KEEP,
        DROP,
        WAIT
    }
}
