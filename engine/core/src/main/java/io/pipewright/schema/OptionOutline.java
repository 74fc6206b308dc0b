package io.pipewright.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that is said of a plugin's options, in their order: each with what may be written, its default, what it means, and
 * what an edit of it does to the state of a running pipeline. {@code describe} and the reference pages are made of it.
 */
public final class OptionOutline {

    private final OptionForms forms;
    private final List<Item> items = new ArrayList<>();

    private OptionOutline(PluginCatalog plugins) {
        this.forms = new OptionForms(plugins);
    }

    /**
     * One option, one of the types that an option has, or a remark.
     *
     * @param depth 0 for an option of the plugin itself, 1 for one inside that, and so on
     * @param name empty for a remark
     * @param kind what may be written, and its default
     * @param sentences what it means
     */
    public record Item(int depth, String name, String kind, List<String> sentences) {
        public Item {
            sentences = List.copyOf(sentences);
        }
    }

    /** @param plugins the formats that a {@code format} option may name */
    public static List<Item> of(OptionsModel model, PluginCatalog plugins) {
        OptionOutline outline = new OptionOutline(plugins);
        outline.options(model, 0);
        return List.copyOf(outline.items);
    }

    private void options(OptionsModel model, int depth) {
        Map<String, Form.Fields.Field> fields = forms.fields("", model).fields();
        for (OptionModel option : model.options()) {
            Form.Fields.Field field = Objects.requireNonNull(fields.get(option.name()));
            List<String> sentences = new ArrayList<>(List.of(option.doc()));
            String change = change(option);
            if (!change.isEmpty()) {
                sentences.add(change);
            }
            items.add(new Item(depth, option.name(), kind(option, field), sentences));
            inside(option.shape(), depth + 1);
        }
    }

    private static String kind(OptionModel option, Form.Fields.Field field) {
        String kind = FormWords.of(field.form());
        if (option.defaultText() != null) {
            return kind + ", default " + option.defaultText();
        }
        return kind + (option.required() ? ", required" : "");
    }

    private static String change(OptionModel option) {
        return switch (option.change()) {
            case KEEPS -> "";
            case SPLITS -> "An edit keeps the state; what is under way was begun under the old value.";
            case LOSES -> "An edit loses the state.";
        };
    }

    private void inside(OptionShape shape, int depth) {
        if (shape instanceof OptionShape.ObjectOf object) {
            options(object.model(), depth);
        } else if (shape instanceof OptionShape.ListOf list) {
            inside(list.element(), depth);
        } else if (shape instanceof OptionShape.MapOf map) {
            inside(map.value(), depth);
        } else if (shape instanceof OptionShape.VariantOf variants) {
            variants.variants().forEach((type, model) -> {
                items.add(new Item(depth, "type", type, List.of()));
                options(model, depth + 1);
            });
        } else if (shape instanceof OptionShape.SourceFormatBlock) {
            remark(depth, "`type`, `record`, `blank: skip|deadLetter|keep`, and the options of the format.");
        } else if (shape instanceof OptionShape.SinkFormatBlock) {
            remark(depth, "`type`, and the options of the format.");
        }
    }

    private void remark(int depth, String sentence) {
        items.add(new Item(depth, "", "", List.of(sentence)));
    }
}
