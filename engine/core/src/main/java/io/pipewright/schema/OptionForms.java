package io.pipewright.schema;

import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.StageInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes the forms of options from the models of plugins. */
final class OptionForms {

    static final Form.Value TEXT = new Form.Value(OptionShape.Leaf.STRING);

    private final PluginCatalog plugins;

    OptionForms(PluginCatalog plugins) {
        this.plugins = plugins;
    }

    /** The options of a record; {@code owner} is how findings call it. */
    Form.Fields fields(String owner, OptionsModel model) {
        Map<String, Form.Fields.Field> fields = new LinkedHashMap<>();
        for (OptionModel option : model.options()) {
            Form form = form("`" + option.name() + "`", option.shape());
            fields.put(
                    option.name(), new Form.Fields.Field(form, option.required(), option.doc(), option.defaultText()));
        }
        return new Form.Fields(owner, true, fields);
    }

    /** The key {@code type} of a thing. */
    static Map<String, Form.Fields.Field> type(String doc) {
        return Map.of("type", new Form.Fields.Field(TEXT, true, doc));
    }

    private Form form(String owner, OptionShape shape) {
        if (shape instanceof OptionShape.Leaf leaf) {
            return new Form.Value(leaf);
        } else if (shape instanceof OptionShape.Choice choice) {
            return new Form.Choice(choice.values(), true);
        } else if (shape instanceof OptionShape.ListOf list) {
            return new Form.Items(form(entryOf(owner), list.element()));
        } else if (shape instanceof OptionShape.MapOf map) {
            return new Form.Entries(form(entryOf(owner), map.value()));
        } else if (shape instanceof OptionShape.ObjectOf object) {
            return fields(owner, object.model());
        } else if (shape instanceof OptionShape.Again again) {
            return new Form.Again(nameOf(again.type()), () -> fields(owner, again.model()));
        } else if (shape instanceof OptionShape.VariantOf variant) {
            return variants(owner, variant);
        } else if (shape instanceof OptionShape.SourceFormatBlock) {
            return formats(sourceKeys());
        }
        return formats(Map.of());
    }

    /** Such as {@code CepOptions.Step}. */
    private static String nameOf(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String entryOf(String owner) {
        return "an entry of " + owner;
    }

    private Form variants(String owner, OptionShape.VariantOf variant) {
        Map<String, OptionsModel> variants = variant.variants();
        return new Form.Typed(
                owner,
                "unknown-type",
                variants.keySet(),
                type -> "",
                type -> fields(owner, Objects.requireNonNull(variants.get(type)))
                        .after(type("Which kind of " + owner + " this is.")),
                type -> elsewhere(owner, type, variants.keySet()));
    }

    /** What is said of a type that an option of this name has in another stage. */
    private Optional<Form.Typed.Elsewhere> elsewhere(String owner, String type, Set<String> types) {
        return plugins.stages(StageInfo.Kind.STAGE).values().stream()
                .flatMap(stage -> OptionsModel.of(stage.optionsType()).options().stream())
                .filter(option -> owner.equals("`" + option.name() + "`")
                        && option.shape() instanceof OptionShape.VariantOf variant
                        && variant.variants().containsKey(type))
                .findFirst()
                .map(option -> new Form.Typed.Elsewhere(
                        "not-supported",
                        "`" + type + "` is a type of " + owner + " that this stage does not take.",
                        "types: " + String.join(", ", types) + "."));
    }

    private Form formats(Map<String, Form.Fields.Field> engineKeys) {
        Map<String, FormatType<?>> formats = plugins.formats();
        return new Form.Typed(
                "format",
                "unknown-type",
                formats.keySet(),
                type -> Objects.requireNonNull(formats.get(type)).summary(),
                type -> fields(
                                "`format`",
                                OptionsModel.of(Objects.requireNonNull(formats.get(type))
                                        .optionsType()))
                        .after(engineKeys)
                        .after(type("The format of messages or lines.")),
                type -> Optional.empty());
    }

    private static Map<String, Form.Fields.Field> sourceKeys() {
        Map<String, Form.Fields.Field> keys = new LinkedHashMap<>();
        keys.put(
                "record",
                new Form.Fields.Field(new Form.Value(OptionShape.Leaf.RECORD), true, "What each message is."));
        keys.put(
                "blank",
                new Form.Fields.Field(
                        new Form.Choice(OptionShape.SourceFormatBlock.BLANK.values(), true),
                        false,
                        "What becomes of a message without a value, or of nothing but white space; `keep`: a record"
                                + " whose fields are all null.",
                        "skip"));
        return keys;
    }
}
