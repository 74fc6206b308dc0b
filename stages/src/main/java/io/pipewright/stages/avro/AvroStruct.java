package io.pipewright.stages.avro;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.Field;
import io.pipewright.stages.avro.AvroSchema.Member;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Struct;
import io.pipewright.stages.avro.AvroSchema.Union;
import io.pipewright.stages.avro.AvroValue.Declaration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record that was written by one schema as a declared record: fields are found by the first part of their path or
 * by what the reader's schema calls them otherwise, and those that the writer's schema lacks have the reader's default, or
 * are null.
 *
 * <p>All declared fields are read, so that what is malformed does not change with what is wanted.
 */
final class AvroStruct {

    private final List<DeclaredField> fields;
    private final @Nullable Object[] defaults;
    private final List<Step> steps;

    private AvroStruct(List<DeclaredField> fields, @Nullable Object[] defaults, List<Step> steps) {
        this.fields = fields;
        this.defaults = defaults;
        this.steps = steps;
    }

    /** Reads a field of the writer's, or passes over it. */
    @FunctionalInterface
    private interface Step {
        void read(AvroInput in, @Nullable Object[] values);
    }

    /**
     * A declared field that is still to be found.
     *
     * @param index among all declared fields
     * @param level how much of its path has been gone
     */
    private record Wanted(int index, DeclaredField field, int level) {

        String name() {
            return field.path().get(level);
        }

        boolean isHere() {
            return level == field.path().size() - 1;
        }

        /** The name of the record in which it stands. */
        String before() {
            return field.path().get(level - 1);
        }

        Wanted deeper() {
            return new Wanted(index, field, level + 1);
        }
    }

    /**
     * Compiles the reading.
     *
     * @param reader the schema by which it is read; null for none
     * @throws UnfitSchemaException if no record of the writer's can be read
     */
    static AvroStruct of(Struct writer, DeclaredRecord declared, @Nullable Struct reader) throws UnfitSchemaException {
        List<DeclaredField> fields = declared.fields();
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            wanted.add(new Wanted(i, fields.get(i), 0));
        }
        List<Integer> found = new ArrayList<>();
        List<Step> steps = steps(writer, wanted, reader, declared.unknown() == UnknownFields.MALFORMED, found);
        @Nullable Object[] defaults = new Object[fields.size()];
        for (Wanted field : wanted) {
            if (!found.contains(field.index)) {
                defaults[field.index] = byDefault(field, reader);
            }
        }
        return new AvroStruct(fields, defaults, steps);
    }

    private static List<Step> steps(
            Struct writer, List<Wanted> wanted, @Nullable Struct reader, boolean strict, List<Integer> found)
            throws UnfitSchemaException {
        List<Step> steps = new ArrayList<>();
        for (Member member : writer.members()) {
            List<Step> here = new ArrayList<>();
            List<Wanted> deeper = new ArrayList<>();
            for (Wanted field : wanted) {
                if (!isMeant(field.name(), member, writer, reader)) {
                    continue;
                }
                if (field.isHere()) {
                    here.add(leaf(field, member, reader));
                    found.add(field.index);
                } else {
                    deeper.add(field.deeper());
                }
            }
            if (!deeper.isEmpty()) {
                Member known =
                        reader == null ? null : reader.member(deeper.get(0).before());
                here.add(within(member, deeper, known == null ? null : known.schema(), strict, found));
            }
            if (here.isEmpty() && strict) {
                throw new UnfitSchemaException(
                                "is a field of the schema, and the record does not declare it",
                                "declare it, or let `unknown` be `ignore`.")
                        .in(member.name());
            }
            steps.add(inTurn(here, member.schema()));
        }
        return steps;
    }

    /** By its own name, or by an alias that the reader's schema has for it, where no field has that name itself. */
    private static boolean isMeant(String name, Member member, Struct writer, @Nullable Struct reader) {
        if (member.name().equals(name)) {
            return true;
        }
        Member known = reader == null ? null : reader.member(name);
        return known != null && writer.member(name) == null && known.aliases().contains(member.name());
    }

    private static Step leaf(Wanted wanted, Member member, @Nullable Struct reader) throws UnfitSchemaException {
        Field field = wanted.field.field();
        Member known = reader == null ? null : reader.member(wanted.name());
        AvroValue value;
        try {
            value = AvroValue.of(
                    member.schema(),
                    field.type(),
                    new Declaration(wanted.field.format(), wanted.field.nested()),
                    known == null ? null : known.schema());
        } catch (UnfitSchemaException e) {
            throw e.in(field.name());
        }
        return (in, values) -> {
            try {
                values[wanted.index] = value.read(in);
            } catch (WrongValueException e) {
                throw e.in(field.name());
            }
        };
    }

    /** Fields that stand in a record which is a field of the writer's. */
    private static Step within(
            Member member, List<Wanted> deeper, @Nullable AvroSchema reader, boolean strict, List<Integer> found)
            throws UnfitSchemaException {
        List<AvroSchema> branches =
                member.schema() instanceof Union union ? union.branches() : List.of(member.schema());
        List<@Nullable Step> steps = new ArrayList<>();
        boolean any = false;
        for (AvroSchema branch : branches) {
            if (branch instanceof Struct struct) {
                Struct known = AvroValue.inner(reader) instanceof Struct same ? same : null;
                List<Step> inner = steps(struct, deeper, known, strict, found);
                steps.add((in, values) -> inner.forEach(step -> step.read(in, values)));
                any = true;
            } else {
                steps.add(branch == Plain.NULL ? (in, values) -> {} : null);
            }
        }
        if (!any) {
            throw new UnfitSchemaException(
                            "is `" + member.schema().text() + "` in the schema, so nothing stands in it",
                            "correct the `path` of `"
                                    + deeper.get(0).field.field().name() + "`.")
                    .in(member.name());
        }
        return (in, values) -> {
            int branch = member.schema() instanceof Union ? in.readIndex(branches.size()) : 0;
            Step step = steps.get(branch);
            if (step == null) {
                throw new WrongValueException("wrong-type", "must be a record").in(member.name());
            }
            step.read(in, values);
        };
    }

    /** Several that stand at one place are read one after the other from its beginning. */
    private static Step inTurn(List<Step> all, AvroSchema schema) {
        if (all.isEmpty()) {
            return (in, values) -> AvroSkip.skip(schema, in);
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        return (in, values) -> {
            int begin = in.position();
            for (Step each : all) {
                in.rewind(begin);
                each.read(in, values);
            }
        };
    }

    private static @Nullable Object byDefault(Wanted wanted, @Nullable Struct reader) throws UnfitSchemaException {
        Member known = reader == null ? null : reader.member(wanted.name());
        if (known == null || known.byDefault() == null || !wanted.isHere()) {
            return null;
        }
        AvroOutput out = new AvroOutput();
        AvroDefault.write(known, out);
        AvroValue value = AvroValue.of(
                known.schema(),
                wanted.field.field().type(),
                new Declaration(wanted.field.format(), wanted.field.nested()),
                known.schema());
        return value.read(new AvroInput(out.toBytes(), 0));
    }

    /** The values of all declared fields. */
    @Nullable
    Object[] values(AvroInput in) {
        @Nullable Object[] values = defaults.clone();
        for (Step step : steps) {
            step.read(in, values);
        }
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i).field();
            if (values[i] == null && !field.nullable()) {
                throw new WrongValueException("missing-field", "is missing").in(field.name());
            }
        }
        return values;
    }

    /** The record of all declared fields. */
    Object record(AvroInput in) {
        return new DataRecord(values(in), null);
    }
}
