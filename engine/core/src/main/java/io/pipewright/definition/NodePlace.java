package io.pipewright.definition;

import io.pipewright.diagnostic.Span;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place of an entry by the nodes of the document. */
record NodePlace(Span key, Node value) implements Place {

    private static final Pattern ITEM = Pattern.compile("\\[(\\d+)]");

    @Override
    public Span at(String optionPath) {
        if (optionPath.endsWith(OptionPath.KEY)) {
            return found(optionPath.substring(0, optionPath.length() - OptionPath.KEY.length()))
                    .shown();
        }
        return found(optionPath).span();
    }

    @Override
    public Span within(String optionPath, int start, int end) {
        Found found = found(optionPath);
        if (found.node() instanceof ScalarNode scalar
                && start >= 0
                && end <= scalar.text().length()
                && start <= end) {
            return scalar.spanOf(start, end);
        }
        return found.span();
    }

    private Found found(String optionPath) {
        Found found = new Found(value, key);
        String rest = optionPath;
        while (!rest.isEmpty()) {
            Matcher item = ITEM.matcher(rest);
            Optional<Step> step = item.lookingAt()
                    ? found.item(Integer.parseInt(item.group(1))).map(next -> new Step(next, item.end()))
                    : found.entry(rest);
            if (step.isEmpty()) {
                return new Found(found.node(), found.shown());
            }
            found = step.get().to();
            rest = rest.substring(step.get().length());
            rest = rest.startsWith(".") ? rest.substring(1) : rest;
        }
        return found;
    }

    /** One step down a path, and how many of its characters that took. */
    private record Step(Found to, int length) {}

    /** A node, and what to show for it if it is not a scalar: its key. */
    private record Found(Node node, Span shown) {

        Span span() {
            return node instanceof ScalarNode ? node.span() : shown;
        }

        /** The entry that a path begins with; keys may hold dots, as those of client properties do. */
        Optional<Step> entry(String path) {
            if (!(node instanceof MappingNode mapping)) {
                return Optional.empty();
            }
            return mapping.entries().stream()
                    .filter(entry -> begins(path, entry.key()))
                    .max(Comparator.comparingInt(entry -> entry.key().length()))
                    .map(entry -> new Step(
                            new Found(entry.value(), entry.keySpan()),
                            entry.key().length()));
        }

        private static boolean begins(String path, String key) {
            return path.startsWith(key)
                    && (path.length() == key.length() || ".[".indexOf(path.charAt(key.length())) >= 0);
        }

        Optional<Found> item(int index) {
            if (node instanceof SequenceNode sequence
                    && index < sequence.items().size()) {
                Node item = sequence.items().get(index);
                Span first = item instanceof MappingNode mapping
                                && !mapping.entries().isEmpty()
                        ? mapping.entries().get(0).keySpan()
                        : item.span();
                return Optional.of(new Found(item, first));
            }
            return Optional.empty();
        }
    }
}
