package io.pipewright.stages.kafka;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into the bytes of messages, and sends to {@code errors} what cannot be one.
 *
 * <p>A dead letter that is too large for a message is written without its bytes and its record, because nobody is left
 * to send it to; its position says where they are.
 */
final class MessageEncoder extends ProcessFunction<DataRecord, Row> {

    /** Key, or null, and value. */
    static final TypeInformation<Row> MESSAGE = Types.ROW_NAMED(
            new String[] {"key", "value"},
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final long serialVersionUID = 1L;

    /** More than Kafka adds to a message of its own: the head of a batch and of a record. */
    private static final int OVERHEAD_BYTES = 128;

    private final RecordType type;
    private final RecordEncoder encoder;
    private final @Nullable CheckedExpression key;
    private final Scope scope;
    private final Failures failures;
    private final OutputTag<DataRecord> errors;
    private final int maxBytes;

    private transient @Nullable Evaluator keyOf;

    MessageEncoder(KafkaSinkPlan plan, RecordType type, Failures failures, OutputTag<DataRecord> errors, int maxBytes) {
        this.type = type;
        this.encoder = plan.format().encoder(MetaField.without(type));
        this.key = plan.key();
        this.scope = Scope.of(type);
        this.failures = failures;
        this.errors = errors;
        this.maxBytes = maxBytes;
    }

    @Override
    public void open(OpenContext context) {
        failures.open(getRuntimeContext().getMetricGroup());
        keyOf = key == null ? null : key.evaluator(scope);
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<Row> out) {
        Consumer<DataRecord> toErrors = failure -> context.output(errors, failure);
        byte[] keyBytes;
        byte[] value;
        try {
            keyBytes = keyOf == null ? null : bytes(keyOf.evaluate(record));
            value = encoder.encode(record);
        } catch (EvaluationException e) {
            failures.report(e, context.timestamp(), type, record, toErrors);
            return;
        }
        if (size(keyBytes, value) > maxBytes && type.sameLayout(FailureRecord.TYPE)) {
            value = encoder.encode(withoutContent(record));
        }
        if (size(keyBytes, value) > maxBytes) {
            String reason = "The message would have " + size(keyBytes, value) + " bytes, and `max.request.size` is "
                    + maxBytes + ".";
            failures.report("too-large", reason, context.timestamp(), type, record, toErrors);
            return;
        }
        out.collect(Row.of(keyBytes, value));
    }

    private static long size(byte @Nullable [] key, byte[] value) {
        return OVERHEAD_BYTES + (key == null ? 0L : key.length) + value.length;
    }

    private static DataRecord withoutContent(DataRecord failure) {
        @Nullable Object[] values = new Object[failure.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = failure.get(i);
        }
        values[FailureRecord.TYPE.position("reason")] =
                Objects.toString(failure.get(FailureRecord.TYPE.position("reason")))
                        + " (What failed is too large for this topic and left out.)";
        values[FailureRecord.TYPE.position("record")] = null;
        values[FailureRecord.TYPE.position("raw")] = null;
        return new DataRecord(values, failure.origin());
    }

    private static byte @Nullable [] bytes(@Nullable Object key) {
        if (key == null) {
            return null;
        }
        return key instanceof byte[] raw ? raw : key.toString().getBytes(StandardCharsets.UTF_8);
    }
}
