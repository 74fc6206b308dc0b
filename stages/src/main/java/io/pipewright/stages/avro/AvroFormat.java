package io.pipewright.stages.avro;

import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.avro.AvroOptions.Registry;
import io.pipewright.stages.avro.AvroSchema.Member;
import io.pipewright.stages.avro.AvroSchema.Struct;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code avro} format: messages in Avro's binary encoding. */
public final class AvroFormat implements FormatType<AvroOptions> {

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public String summary() {
        return "Messages in Avro's binary encoding, with a schema file or a schema registry.";
    }

    @Override
    public Class<AvroOptions> optionsType() {
        return AvroOptions.class;
    }

    @Override
    public Optional<SourceFormatPlan> source(AvroOptions options, DeclaredRecord record, FormatProblems problems) {
        FileRef file = options.schema();
        Registry registry = options.registry();
        if (file == null && registry == null) {
            problems.error(
                    "",
                    "`avro` does not say by which schema messages were written.",
                    "add `schema: event.avsc`, or `registry: {url: …}` where each message names its schema.");
            return Optional.empty();
        }
        if (!canConnect(registry, problems) || !isForSources(registry, problems)) {
            return Optional.empty();
        }
        if (file != null) {
            Optional<Struct> schema = parsed(file, problems);
            if (schema.isEmpty() || !fits(schema.get(), record, registry, problems)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Reading(record, file == null ? null : file.content(), registry));
    }

    private static Optional<Struct> parsed(FileRef file, FormatProblems problems) {
        try {
            return Optional.of(AvroSchemaParser.parse(file.content()));
        } catch (UnfitSchemaException e) {
            problems.error("schema", e.sentence(file.name()), e.action());
            return Optional.empty();
        }
    }

    /** Whether records of the schema can be read as the declared one, by what the schema alone says. */
    private static boolean fits(
            Struct schema, DeclaredRecord record, @Nullable Registry registry, FormatProblems problems) {
        for (DeclaredField field : record.fields()) {
            String name = field.path().get(0);
            if (!field.field().nullable() && schema.member(name) == null) {
                problems.error(
                        "record",
                        "The schema has no field `" + name + "`, and `"
                                + field.field().name() + "` of `" + record.name() + "` may not be null.",
                        "correct the name, or let the field be nullable.");
                return false;
            }
        }
        try {
            AvroStruct.of(schema, record, registry == null ? null : schema);
            for (Member member : schema.members()) {
                if (member.byDefault() != null) {
                    AvroDefault.write(member, new AvroOutput());
                }
            }
            return true;
        } catch (UnfitSchemaException e) {
            problems.error("record", e.sentence(record.name()), e.action());
            return false;
        }
    }

    private static boolean isForSources(@Nullable Registry registry, FormatProblems problems) {
        if (registry == null || (registry.subject() == null && !registry.register())) {
            return true;
        }
        String option = registry.subject() == null ? "register" : "subject";
        problems.error(
                "registry." + option,
                "`" + option + "` is for sinks; each message that is read names its schema itself.",
                "leave it out.");
        return false;
    }

    private static boolean canConnect(@Nullable Registry registry, FormatProblems problems) {
        if (registry == null) {
            return true;
        }
        if (!registry.url().contains("${") && !registry.url().strip().matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
            problems.error("registry.url", "`url` is not an HTTP address.", "write it as `https://host:port`.");
            return false;
        }
        if ((registry.username() == null) != (registry.password() == null)) {
            String missing = registry.username() == null ? "username" : "password";
            problems.error("registry", "A login needs `" + missing + "`.", "add `" + missing + "`.");
            return false;
        }
        return true;
    }

    @Override
    public Optional<SinkFormatPlan> sink(AvroOptions options, RecordType written, FormatProblems problems) {
        FileRef file = options.schema();
        Registry registry = options.registry();
        if (file == null) {
            problems.error(
                    "",
                    "`avro` does not say by which schema messages are written.",
                    "add `schema: event.avsc`, also beside a `registry`.");
            return Optional.empty();
        }
        if (registry != null && registry.subject() == null) {
            problems.error(
                    "registry",
                    "The registry has schemas by subject, and none is named.",
                    "add `subject`, such as `subject: orders-value` for the topic `orders`.");
            return Optional.empty();
        }
        Optional<Struct> schema = parsed(file, problems);
        if (schema.isEmpty() || !canConnect(registry, problems)) {
            return Optional.empty();
        }
        try {
            AvroWriting.struct(written, schema.get());
        } catch (UnfitSchemaException e) {
            problems.error("schema", e.sentence(file.name()), e.action());
            return Optional.empty();
        }
        return Optional.of(new Writing(file.content(), registry));
    }

    private record Reading(DeclaredRecord declared, @Nullable String schema, @Nullable Registry registry)
            implements SourceFormatPlan {
        @Override
        public RecordDecoder decoder(RecordType materialised) {
            return new AvroDecoder(declared, materialised, schema, registry);
        }

        @Override
        public Framing framing() {
            return Framing.MESSAGES;
        }
    }

    private record Writing(String schema, @Nullable Registry registry) implements SinkFormatPlan {
        @Override
        public RecordEncoder encoder(RecordType written) {
            return new AvroEncoder(written, schema, registry);
        }

        @Override
        public Framing framing() {
            return Framing.MESSAGES;
        }
    }
}
