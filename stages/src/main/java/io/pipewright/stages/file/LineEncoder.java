package io.pipewright.stages.file;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Turns records into what files hold of them, and sends to {@code errors} what no file can hold. */
final class LineEncoder extends ProcessFunction<DataRecord, byte[]> {

    private static final long serialVersionUID = 1L;

    private final RecordEncoder encoder;
    private final RecordType type;
    private final Failures failures;
    private final OutputTag<DataRecord> errors;

    LineEncoder(RecordEncoder encoder, RecordType type, Failures failures, OutputTag<DataRecord> errors) {
        this.encoder = encoder;
        this.type = type;
        this.failures = failures;
        this.errors = errors;
    }

    @Override
    public void open(OpenContext context) {
        failures.open(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<byte[]> out) {
        byte[] line;
        try {
            line = encoder.encode(record);
        } catch (EvaluationException e) {
            failures.report(e, context.timestamp(), type, record, failure -> context.output(errors, failure));
            return;
        }
        out.collect(line);
    }
}
