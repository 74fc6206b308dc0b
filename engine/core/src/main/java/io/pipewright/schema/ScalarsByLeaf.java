package io.pipewright.schema;

import io.pipewright.diagnostic.Suggest;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the scalars of a document that are read as one thing, such as secrets; also in a document with mistakes, where
 * too many are taken rather than too few.
 */
final class ScalarsByLeaf {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{var:([^}]*)}");

    private final OptionShape.Leaf leaf;
    private final Set<ScalarNode> found = Collections.newSetFromMap(new IdentityHashMap<>());

    private ScalarsByLeaf(OptionShape.Leaf leaf) {
        this.leaf = leaf;
    }

    /** The very nodes, compared by identity; with the variables that they refer to. */
    static Set<ScalarNode> find(OptionShape.Leaf leaf, Form form, Document document) {
        ScalarsByLeaf search = new ScalarsByLeaf(leaf);
        search.walk(form, document.root());
        for (ScalarNode scalar : List.copyOf(search.found)) {
            Matcher reference = VARIABLE.matcher(scalar.text());
            while (reference.find()) {
                document.find("/vars/" + reference.group(1) + "/default").ifPresent(search::takeAll);
            }
        }
        return search.found;
    }

    private void walk(Form form, Node node) {
        if (form instanceof Form.Value value) {
            if (value.leaf() == leaf) {
                takeAll(node);
            }
        } else if (form instanceof Form.Fields fields && node instanceof MappingNode mapping) {
            for (MappingNode.Entry entry : mapping.entries()) {
                walk(fields, entry);
                entry.again().forEach(again -> walk(fields, again));
            }
        } else if (form instanceof Form.Again again) {
            walk(again.fields().get(), node);
        } else if (form instanceof Form.Entries entries && node instanceof MappingNode mapping) {
            for (MappingNode.Entry entry : mapping.entries()) {
                walk(entries.value(), entry.value());
                entry.again().forEach(again -> walk(entries.value(), again.value()));
            }
        } else if (form instanceof Form.Items items) {
            items(node).forEach(item -> walk(items.element(), item));
        } else if (form instanceof Form.Typed typed && node instanceof MappingNode mapping) {
            String type = mapping.text("type").orElse("");
            Collection<String> types = typed.types().contains(type) ? List.of(type) : typed.types();
            types.forEach(each -> walk(typed.fieldsOf().apply(each), mapping));
        }
    }

    private void walk(Form.Fields fields, MappingNode.Entry entry) {
        String key = fields.fields().containsKey(entry.key())
                ? entry.key()
                : Suggest.nearest(entry.key(), fields.fields().keySet()).orElse("");
        Form.Fields.Field field = fields.fields().get(key);
        if (field != null) {
            walk(field.form(), entry.value());
        }
    }

    private static Stream<MappingNode.Entry> everyOf(MappingNode mapping) {
        return mapping.entries().stream().flatMap(MappingNode.Entry::all);
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.items() : List.of(node);
    }

    private void takeAll(Node node) {
        if (node instanceof ScalarNode scalar) {
            found.add(scalar);
        } else if (node instanceof SequenceNode sequence) {
            sequence.items().forEach(this::takeAll);
        } else if (node instanceof MappingNode mapping) {
            everyOf(mapping).forEach(entry -> takeAll(entry.value()));
        }
    }
}
