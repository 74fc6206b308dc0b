package io.pipewright.stages.avro;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.avro.AvroOptions.Registry;
import org.jspecify.annotations.Nullable;

/** Writes records in Avro's binary encoding, with the id of the schema before them where there is a registry. */
final class AvroEncoder implements RecordEncoder {

    private static final long serialVersionUID = 1L;

    private final RecordType written;
    private final String schema;
    private final @Nullable Registry registry;
    private final transient AvroWriting writing;
    private transient int id = -1;

    AvroEncoder(RecordType written, String schema, @Nullable Registry registry) {
        this.written = written;
        this.schema = schema;
        this.registry = registry;
        try {
            this.writing = AvroWriting.struct(written, AvroSchemaParser.parse(schema));
        } catch (UnfitSchemaException e) {
            throw new IllegalArgumentException(e.sentence("schema"), e);
        }
    }

    @Override
    public byte[] encode(DataRecord record) {
        AvroOutput out = new AvroOutput();
        if (registry != null) {
            if (id < 0) {
                id = new SchemaRegistry(registry).id(schema);
            }
            out.writeId(id);
        }
        try {
            writing.write(record, out);
        } catch (WrongValueException e) {
            throw new EvaluationException(e.code(), e.reason());
        }
        return out.toBytes();
    }

    private Object readResolve() {
        return new AvroEncoder(written, schema, registry);
    }
}
