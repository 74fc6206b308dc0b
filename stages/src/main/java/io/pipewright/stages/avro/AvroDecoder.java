package io.pipewright.stages.avro;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.avro.AvroOptions.Registry;
import io.pipewright.stages.avro.AvroSchema.Struct;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages in Avro's binary encoding: those of one schema, or those that begin with a zero byte and the id of their
 * schema in a registry, in four bytes.
 *
 * <p>Codes: {@code malformed-avro}, {@code unknown-schema}, {@code unfit-schema}, {@code missing-field}, {@code wrong-type},
 * {@code out-of-range}.
 */
final class AvroDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;

    /** A zero byte and four of an id. */
    private static final int HEAD = 5;

    private final DeclaredRecord declared;
    private final RecordType materialised;
    private final @Nullable String schema;
    private final @Nullable Registry registry;
    private final transient int[] positions;
    private final transient @Nullable Struct reader;
    private final transient Map<Integer, Reading> readings = new LatestReadings();
    private final transient @Nullable Reading only;
    private transient @Nullable SchemaRegistry client;

    /**
     * How messages of one schema are read.
     *
     * @param struct null if they cannot be
     * @param why they cannot be; null if they can
     * @param until by {@link System#nanoTime}, after which it is looked at again
     */
    private record Reading(@Nullable AvroStruct struct, Decoded.@Nullable Malformed why, long until) {}

    /** By the ids of schemas, those that were wanted last: what is no message may begin with any id. */
    private static final class LatestReadings extends LinkedHashMap<Integer, Reading> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 1_000;

        LatestReadings() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Reading> eldest) {
            return size() > MOST;
        }
    }

    /**
     * @param schema the text of the schema; null for none
     * @param registry null if all messages are of that schema
     */
    AvroDecoder(
            DeclaredRecord declared, RecordType materialised, @Nullable String schema, @Nullable Registry registry) {
        this.declared = declared;
        this.materialised = materialised;
        this.schema = schema;
        this.registry = registry;
        RecordType type = declared.type();
        this.positions = materialised.names().stream().mapToInt(type::position).toArray();
        try {
            this.reader = schema == null ? null : AvroSchemaParser.parse(schema);
            this.only = registry != null || reader == null
                    ? null
                    : new Reading(AvroStruct.of(reader, declared, null), null, 0);
        } catch (UnfitSchemaException e) {
            throw new IllegalArgumentException(e.sentence("schema"), e);
        }
    }

    @Override
    public Decoded decode(byte[] bytes, @Nullable Origin origin) {
        Reading reading = only;
        if (reading == null) {
            if (bytes.length < HEAD || bytes[0] != 0) {
                return new Decoded.Malformed(
                        "malformed-avro", "The message does not begin with a zero byte and the id of a schema.");
            }
            reading = reading(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
        }
        AvroStruct struct = reading.struct;
        if (struct == null) {
            return reading.why == null ? new Decoded.Malformed("unknown-schema", "There is no schema.") : reading.why;
        }
        try {
            AvroInput in = new AvroInput(bytes, only == null ? HEAD : 0);
            DataRecord all = new DataRecord(struct.values(in), origin);
            return in.atEnd()
                    ? new Decoded.Ok(all.project(positions))
                    : new Decoded.Malformed(
                            "malformed-avro", "The message goes on after the record, at byte " + in.position() + ".");
        } catch (EvaluationException e) {
            return new Decoded.Malformed(e.code(), e.reason());
        } catch (WrongValueException e) {
            return new Decoded.Malformed(e.code(), e.reason());
        }
    }

    private Reading reading(int id) {
        Reading known = readings.get(id);
        if (known == null || (known.struct == null && known.until - System.nanoTime() < 0)) {
            known = look(id);
            readings.put(id, known);
        }
        return known;
    }

    private Reading look(int id) {
        String text = registry().schema(id);
        if (text == null) {
            return unreadable("unknown-schema", "The registry has no Avro schema with the id " + id + ".");
        }
        try {
            return new Reading(AvroStruct.of(AvroSchemaParser.parse(text), declared, reader), null, 0);
        } catch (UnfitSchemaException e) {
            return unreadable("unfit-schema", "Schema " + id + " does not fit the record: " + e.sentence("it"));
        }
    }

    /** It is asked for again after a while, so that a schema which is added later is found. */
    private static Reading unreadable(String code, String reason) {
        return new Reading(null, new Decoded.Malformed(code, reason), System.nanoTime() + SchemaRegistry.FORGET_NANOS);
    }

    private SchemaRegistry registry() {
        if (client == null) {
            if (registry == null) {
                throw new IllegalStateException("There is no registry.");
            }
            client = new SchemaRegistry(registry);
        }
        return client;
    }

    private Object readResolve() {
        return new AvroDecoder(declared, materialised, schema, registry);
    }
}
