package io.pipewright.schema;

import io.pipewright.schema.Form.Fields.Field;
import io.pipewright.spi.stage.StageInfo;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The form of a whole pipeline: the blocks that every file has, with the plugins' options inside. */
final class EnvelopeForm {

    static final String API_VERSION = "pipeline/v1";

    private static final List<String> VAR_TYPES = List.of(
            "string", "boolean", "int", "long", "double", "decimal", "date", "timestamp", "duration", "rate", "size");
    private static final Form.Choice ON_ERROR = fixed("deadLetter", "fail", "drop");

    private final PluginCatalog plugins;
    private final OptionForms options;

    EnvelopeForm(PluginCatalog plugins) {
        this.plugins = plugins;
        this.options = new OptionForms(plugins);
    }

    Form.Fields pipeline(OptionsModel runtime) {
        Map<String, Field> keys = new LinkedHashMap<>();
        keys.put("apiVersion", required(OptionForms.TEXT, "The version of the language, `" + API_VERSION + "`."));
        keys.put("name", required(OptionForms.TEXT, "What the job is called."));
        keys.put("description", optional(OptionForms.TEXT, "What the pipeline is for."));
        keys.put("vars", optional(new Form.Entries(variable()), "Values that `--set` can change."));
        keys.put(
                "connections",
                optional(
                        new Form.Entries(plain(
                                "connection",
                                plugins.connections(),
                                type -> type.summary(),
                                type -> type.optionsType())),
                        "The servers that sources, sinks and checks share."));
        keys.put(
                "checks",
                optional(
                        new Form.Entries(
                                plain("check", plugins.checks(), type -> type.summary(), type -> type.optionsType())),
                        "Questions that must be answered well before the job is submitted."));
        keys.put("records", required(new Form.Entries(record()), "The types of the records."));
        keys.put("sources", required(entries(StageInfo.Kind.SOURCE), "Where records come from."));
        keys.put("stages", optional(entries(StageInfo.Kind.STAGE), "What happens to records."));
        keys.put("sinks", required(entries(StageInfo.Kind.SINK), "Where records go."));
        keys.put("errors", optional(errors(), "What becomes of records that cannot be processed."));
        keys.put("runtime", optional(options.fields("`runtime`", runtime), "How the job runs."));
        return new Form.Fields("a pipeline", false, keys);
    }

    private static Form variable() {
        Map<String, Field> keys = new LinkedHashMap<>();
        keys.put("type", required(new Form.Choice(VAR_TYPES, false), "What the value is."));
        keys.put("default", required(OptionForms.TEXT, "The value unless `--set` gives another."));
        keys.put("description", optional(OptionForms.TEXT, "What the variable is for."));
        return new Form.Fields("a variable", false, keys);
    }

    private static Form record() {
        Map<String, Field> field = new LinkedHashMap<>();
        field.put("type", required(OptionForms.TEXT, "The type, with `?` at its end if it may be null."));
        field.put("path", optional(OptionForms.TEXT, "Where the field is in the message."));
        field.put(
                "format",
                optional(fixed("millis", "seconds", "micros", "iso"), "How timestamps are written in the message."));
        field.put("doc", optional(OptionForms.TEXT, "What the field means."));
        Map<String, Field> keys = new LinkedHashMap<>();
        Form fields = new Form.Entries(new Form.TypeOrBlock(new Form.Fields("a field", false, field)));
        keys.put("fields", optional(fields, "The type of each field, by its name."));
        keys.put(
                "schema",
                optional(
                        OptionForms.TEXT,
                        "A file that declares the fields: an Avro schema, `.avsc`, or a JSON Schema, `.json`, in the pipeline's folder."));
        keys.put(
                "unknown",
                optional(
                        fixed("ignore", "keep", "malformed"),
                        "What becomes of fields of a message that are not declared; kept ones are written again as JSON."));
        return new Form.Fields("a record", false, keys);
    }

    private static Form errors() {
        return new Form.Fields(
                "`errors`",
                false,
                Map.of("default", required(ON_ERROR, "What is done unless an entry says otherwise.")));
    }

    private <T> Form plain(
            String what,
            Map<String, T> types,
            Function<T, String> summary,
            Function<T, Class<? extends Record>> optionsType) {
        return new Form.Typed(
                what,
                "unknown-type",
                types.keySet(),
                type -> summary.apply(Objects.requireNonNull(types.get(type))),
                type -> options.fields(
                                "`" + type + "`",
                                OptionsModel.of(optionsType.apply(Objects.requireNonNull(types.get(type)))))
                        .after(OptionForms.type("The type of the " + what + ".")),
                type -> Optional.empty());
    }

    private Form entries(StageInfo.Kind kind) {
        Collection<String> types = plugins.stages(kind).keySet();
        return new Form.Entries(new Form.Typed(
                noun(kind),
                "unknown-stage-type",
                types,
                type -> plugins.stage(kind, type).orElseThrow().info().summary(),
                type -> entry(kind, type),
                type -> elsewhere(kind, type)));
    }

    private Form.Fields entry(StageInfo.Kind kind, String type) {
        OptionsModel model =
                OptionsModel.of(plugins.stage(kind, type).orElseThrow().optionsType());
        Map<String, Field> first = new LinkedHashMap<>(OptionForms.type("The type of the " + noun(kind) + "."));
        if (kind != StageInfo.Kind.SOURCE && model.namedInputs().isEmpty()) {
            first.put("from", required(new Form.TextOrTexts(), "Whose records this reads, such as `id` or `id.port`."));
        }
        Map<String, Field> last = new LinkedHashMap<>();
        last.put("description", optional(OptionForms.TEXT, "What the entry is for."));
        last.put("parallelism", optional(new Form.Value(OptionShape.Leaf.INT), "How many subtasks it has."));
        last.put("onError", optional(ON_ERROR, "What becomes of records that cannot be processed."));
        last.put("uid", optional(OptionForms.TEXT, "The former id, which keeps the state after a rename."));
        return options.fields("`" + type + "`", model).after(first).before(last);
    }

    /** What is said of a type that exists, but in another block. */
    private Optional<Form.Typed.Elsewhere> elsewhere(StageInfo.Kind kind, String type) {
        return Arrays.stream(StageInfo.Kind.values())
                .filter(other -> other != kind && plugins.stage(other, type).isPresent())
                .findFirst()
                .map(other -> new Form.Typed.Elsewhere(
                        "unknown-stage-type",
                        "`" + type + "` is not a type of " + noun(kind) + ".",
                        "`" + type + "` is a type of " + noun(other) + ": move the entry to `" + noun(other) + "s`."));
    }

    private static String noun(StageInfo.Kind kind) {
        return switch (kind) {
            case SOURCE -> "source";
            case STAGE -> "stage";
            case SINK -> "sink";
        };
    }

    private static Form.Choice fixed(String... values) {
        return new Form.Choice(List.of(values), false);
    }

    private static Field required(Form form, String doc) {
        return new Field(form, true, doc);
    }

    private static Field optional(Form form, String doc) {
        return new Field(form, false, doc);
    }
}
