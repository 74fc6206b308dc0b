package io.pipewright.spi.stage;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;

/**
 * How one stage reports records that it cannot process, by its policy: to its error port, by failing the job, or by
 * dropping and counting them. Every operator has its own copy and opens it.
 */
public final class Failures implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String stage;
    private final ErrorPolicy policy;
    private transient Counter failed = new SimpleCounter();

    public Failures(String stage, ErrorPolicy policy) {
        this.stage = stage;
        this.policy = policy;
    }

    public String stage() {
        return stage;
    }

    /** Registers the counter {@code failedRecords}; to be called in the operator's {@code open}. */
    public void open(MetricGroup metrics) {
        failed = metrics.counter("failedRecords");
    }

    /**
     * Reports a record.
     *
     * @param eventTime in milliseconds, or null for a record without one
     * @param emit the error port
     * @throws FailedRecordException if the policy is to fail
     */
    public void report(
            String code,
            String reason,
            @Nullable Long eventTime,
            RecordType type,
            DataRecord record,
            Consumer<DataRecord> emit) {
        Instant time = eventTime == null ? null : Instant.ofEpochMilli(eventTime);
        String json = RecordJson.write(type, record);
        report(FailureRecord.ofRecord(stage, code, reason, time, json, record.origin()), emit);
    }

    public void report(
            EvaluationException failure,
            @Nullable Long eventTime,
            RecordType type,
            DataRecord record,
            Consumer<DataRecord> emit) {
        report(failure.code(), failure.reason(), eventTime, type, record, emit);
    }

    /** Reports a record that was made by {@link FailureRecord}. */
    public void report(DataRecord failure, Consumer<DataRecord> emit) {
        failed.inc();
        switch (policy) {
            case DEAD_LETTER -> emit.accept(failure);
            case FAIL -> throw new FailedRecordException(stage, String.valueOf(failure.get(2)));
            case DROP -> {}
        }
    }

    /** Ends the job because of a record, as {@code onError: fail} asks for. */
    public static final class FailedRecordException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedRecordException(String stage, String reason) {
            super("`" + stage + "` could not process a record, and its `onError` is `fail`: " + reason);
        }
    }
}
