package io.pipewright.stages.print;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.RecordType;
import java.io.PrintStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Prints each record as one line, the sink's id before it; lines of several subtasks do not mix. */
final class PrintSink implements Sink<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final RecordType type;

    PrintSink(String id, RecordType type) {
        this.id = id;
        this.type = type;
    }

    @Override
    public SinkWriter<DataRecord> createWriter(WriterInitContext context) {
        return writer(System.out);
    }

    @Override
    @Deprecated
    public SinkWriter<DataRecord> createWriter(InitContext context) {
        return writer(System.out);
    }

    SinkWriter<DataRecord> writer(PrintStream out) {
        return new Writer(id + " ", new RecordJson(type, TimestampFormat.ISO), out);
    }

    private record Writer(String prefix, RecordJson json, PrintStream out) implements SinkWriter<DataRecord> {

        @Override
        public void write(DataRecord record, Context context) {
            out.println(prefix + json.text(record));
        }

        @Override
        public void flush(boolean endOfInput) {
            out.flush();
        }

        @Override
        public void close() {}
    }
}
