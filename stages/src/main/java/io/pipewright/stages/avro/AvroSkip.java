package io.pipewright.stages.avro;

import io.pipewright.stages.avro.AvroSchema.ArrayOf;
import io.pipewright.stages.avro.AvroSchema.Decimal;
import io.pipewright.stages.avro.AvroSchema.Enumeration;
import io.pipewright.stages.avro.AvroSchema.Fixed;
import io.pipewright.stages.avro.AvroSchema.MapOf;
import io.pipewright.stages.avro.AvroSchema.Member;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Struct;
import io.pipewright.stages.avro.AvroSchema.Time;
import io.pipewright.stages.avro.AvroSchema.Union;

/** Passes over values that nobody wants. */
final class AvroSkip {

    /** Deeper messages are malformed; only a record that contains itself can be. */
    private static final int MOST_LEVELS = 512;

    private AvroSkip() {}

    static void skip(AvroSchema schema, AvroInput in) {
        skip(schema, in, 0);
    }

    private static void skip(AvroSchema schema, AvroInput in, int level) {
        if (level > MOST_LEVELS) {
            throw AvroInput.malformed("The message is nested deeper than " + MOST_LEVELS + " levels.");
        }
        if (schema instanceof Plain plain) {
            skip(plain, in);
        } else if (schema instanceof Time time) {
            skip(time.base(), in);
        } else if (schema instanceof Decimal decimal) {
            in.skip(decimal.size() < 0 ? in.readLong() : decimal.size());
        } else if (schema instanceof Fixed fixed) {
            in.skip(fixed.size());
        } else if (schema instanceof Enumeration symbols) {
            in.readIndex(symbols.symbols().size());
        } else if (schema instanceof Union union) {
            int branch = in.readIndex(union.branches().size());
            skip(union.branches().get(branch), in, level + 1);
        } else if (schema instanceof Struct struct) {
            for (Member member : struct.members()) {
                skip(member.schema(), in, level + 1);
            }
        } else {
            blocks(schema, in, level);
        }
    }

    private static void blocks(AvroSchema schema, AvroInput in, int level) {
        for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
            for (int i = 0; i < left; i++) {
                if (schema instanceof MapOf map) {
                    in.skip(in.readLong());
                    skip(map.values(), in, level + 1);
                } else {
                    skip(((ArrayOf) schema).items(), in, level + 1);
                }
            }
        }
    }

    private static void skip(Plain plain, AvroInput in) {
        switch (plain) {
            case NULL -> {}
            case BOOLEAN -> in.readBoolean();
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case FLOAT -> in.skip(Float.BYTES);
            case DOUBLE -> in.skip(Double.BYTES);
            case BYTES, STRING -> in.skip(in.readLong());
        }
    }
}
