package io.pipewright.schema;

/** What may be written at a place, in the words that authors know. */
final class FormWords {

    private FormWords() {}

    /** A noun without its article, such as {@code list of texts}. */
    static String of(Form form) {
        if (form instanceof Form.Value value) {
            return of(value.leaf());
        } else if (form instanceof Form.Choice choice) {
            return String.join(" | ", choice.values());
        } else if (form instanceof Form.Items items) {
            return "list of " + plural(items.element());
        } else if (form instanceof Form.TextOrTexts) {
            return "port, or a list of ports";
        } else if (form instanceof Form.Entries entries) {
            return "map of names to " + plural(entries.value());
        } else if (form instanceof Form.TypeOrBlock) {
            return "type, or a map";
        }
        return "map";
    }

    private static String plural(Form form) {
        String noun = of(form);
        if (form instanceof Form.Choice) {
            return noun;
        }
        return noun.startsWith("list of ") || noun.startsWith("map of ")
                ? noun.replaceFirst("(list|map) of", "$1s of")
                : noun.startsWith("type,") ? "types" : noun + "s";
    }

    private static String of(OptionShape.Leaf leaf) {
        return switch (leaf) {
            case STRING -> "text";
            case BOOLEAN -> "boolean";
            case INT, LONG -> "integer";
            case DOUBLE -> "number";
            case DURATION -> "duration";
            case DIFFERENCE -> "duration, also a negative one";
            case RATE -> "rate";
            case SIZE -> "size";
            case TIMES -> "number of times";
            case TIMESTAMP -> "timestamp";
            case EXPRESSION -> "expression";
            case PORT -> "port";
            case RECORD -> "name of a record";
            case CONNECTION -> "name of a connection";
            case FILE -> "file";
            case SECRET -> "secret text";
        };
    }

    static String withArticle(String type) {
        return switch (type) {
            case "integer" -> "an integer";
            case "array" -> "a list";
            default -> "a " + type;
        };
    }
}
