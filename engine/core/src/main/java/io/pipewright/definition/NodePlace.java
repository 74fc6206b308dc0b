package io.pipewright.definition;

import io.pipewright.diagnostic.Span;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place of an entry by the nodes of the document. */
record NodePlace(Span key, Node value) implements Place {

    private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|([^.\\[]+)");

    @Override
    public Span at(String optionPath) {
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
        Matcher step = STEP.matcher(optionPath);
        while (step.find()) {
            Optional<Found> next =
                    step.group(1) != null ? found.item(Integer.parseInt(step.group(1))) : found.entry(step.group(2));
            if (next.isEmpty()) {
                return new Found(found.node(), found.shown());
            }
            found = next.get();
        }
        return found;
    }

    /** A node, and what to show for it if it is not a scalar: its key. */
    private record Found(Node node, Span shown) {

        Span span() {
            return node instanceof ScalarNode ? node.span() : shown;
        }

        Optional<Found> entry(String name) {
            return node instanceof MappingNode mapping
                    ? mapping.entry(name).map(entry -> new Found(entry.value(), entry.keySpan()))
                    : Optional.empty();
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
