package io.pipewright.stages.http;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cxone.HttpAuth;
import io.pipewright.stages.cxone.TimeLimits;
import io.pipewright.stages.http.HttpConnectionOptions.Timeouts;
import io.pipewright.stages.http.HttpSinkOptions.Signature;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code http} sink.
 *
 * @param body the fields that are sent; null for all of the record
 * @param batchSize how many records a request holds at most
 * @param batched whether a request is a list of records
 * @param linger how long a request waits for more records
 */
record HttpSinkPlan(
        String id,
        String url,
        String method,
        Map<String, String> headers,
        @Nullable ComputedFields body,
        boolean batched,
        int batchSize,
        Duration linger,
        @Nullable Signature signature,
        @Nullable CheckedExpression idempotencyKey,
        int maxInFlight,
        @Nullable Rate rateLimit,
        HttpSinkOptions.Retry retry,
        HttpAuth auth,
        Limits limits,
        RecordType input)
        implements StagePlan {

    HttpSinkPlan {
        headers = Map.copyOf(headers);
    }

    /** The time limits of one attempt. */
    record Limits(Duration connect, Duration read, Duration call) implements Serializable {
        static Limits of(@Nullable Timeouts given) {
            TimeLimits defaults = TimeLimits.DEFAULTS;
            return given == null
                    ? new Limits(defaults.connect(), defaults.read(), defaults.call())
                    : new Limits(given.connect(), given.read(), given.call());
        }
    }

    @Override
    public List<OutputPort> outputs() {
        return List.of();
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>();
        if (body == null) {
            read.addAll(input.names());
        } else {
            body.fields().forEach(field -> read.addAll(field.expression().fieldsRead()));
        }
        if (idempotencyKey != null) {
            read.addAll(idempotencyKey.fieldsRead());
        }
        return Map.of(FROM, read);
    }

    @Override
    public String stateSignature() {
        return "none";
    }

    @Override
    public List<String> notes() {
        return List.of("delivery: at least once");
    }
}
