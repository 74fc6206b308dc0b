package io.pipewright.schema;

import java.util.ArrayList;
import java.util.List;

/** The {@link OptionOutline} of a plugin as lines of text for a terminal. */
public final class OptionsText {

    private static final String INDENT = "  ";

    private final int width;
    private final List<String> lines = new ArrayList<>();

    private OptionsText(int width) {
        this.width = width;
    }

    /**
     * The lines, without line ends.
     *
     * @param width how long a line may be, in characters; only a word longer than that makes a longer one
     */
    public static List<String> of(List<OptionOutline.Item> items, int width) {
        OptionsText text = new OptionsText(width);
        items.forEach(text::item);
        return text.lines;
    }

    private void item(OptionOutline.Item item) {
        String indent = INDENT.repeat(item.depth() + 1);
        if (!item.name().isEmpty()) {
            lines.add(indent + item.name() + ": " + item.kind());
        }
        String below = item.name().isEmpty() ? indent : indent + INDENT + INDENT;
        item.sentences().forEach(sentences -> wrap(sentences, below));
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
