package io.pipewright.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The options of a plugin as lines of text for a terminal: each with what may be written, its default, what it means, and
 * what an edit of it does to the state of a running pipeline.
 */
public final class OptionsText {

    private static final String INDENT = "  ";

    private final OptionForms forms;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private OptionsText(PluginCatalog plugins, int width) {
        this.forms = new OptionForms(plugins);
        this.width = width;
    }

    /**
     * The lines, without line ends.
     *
     * @param plugins the formats that a {@code format} option may name
     * @param width how long a line may be, in characters; only a word longer than that makes a longer one
     */
    public static List<String> of(OptionsModel model, PluginCatalog plugins, int width) {
        OptionsText text = new OptionsText(plugins, width);
        text.options(model, INDENT);
        return text.lines;
    }

    private void options(OptionsModel model, String indent) {
        Map<String, Form.Fields.Field> fields = forms.fields("", model).fields();
        for (OptionModel option : model.options()) {
            Form.Fields.Field field = Objects.requireNonNull(fields.get(option.name()));
            lines.add(indent + option.name() + ": " + kind(option, field));
            String below = indent + INDENT + INDENT;
            wrap(option.doc(), below);
            String change = change(option);
            if (!change.isEmpty()) {
                wrap(change, below);
            }
            inside(option.shape(), indent + INDENT);
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

    private void inside(OptionShape shape, String indent) {
        if (shape instanceof OptionShape.ObjectOf object) {
            options(object.model(), indent);
        } else if (shape instanceof OptionShape.ListOf list) {
            inside(list.element(), indent);
        } else if (shape instanceof OptionShape.MapOf map) {
            inside(map.value(), indent);
        } else if (shape instanceof OptionShape.VariantOf variants) {
            variants.variants().forEach((type, model) -> {
                lines.add(indent + "type: " + type);
                options(model, indent + INDENT);
            });
        } else if (shape instanceof OptionShape.SourceFormatBlock) {
            wrap("`type`, `record`, `blank: skip|deadLetter`, and the options of the format.", indent + INDENT);
        } else if (shape instanceof OptionShape.SinkFormatBlock) {
            wrap("`type`, and the options of the format.", indent + INDENT);
        }
    }

    private void wrap(String text, String indent) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            boolean first = line.length() == indent.length();
            if (!first && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(indent.length());
                first = true;
            }
            line.append(first ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }
}
