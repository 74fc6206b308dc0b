package io.pipewright.schema;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Position;
import io.pipewright.yaml.CanonicalRules;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds in a document, also in one with mistakes, what its canonical form depends on. */
final class PipelineStyle {
    private final Map<Position, List<String>> firstKeys = new HashMap<>();

    private PipelineStyle() {}

    static Checked<CanonicalRules> of(Form.Fields pipeline, Document document) {
        Map<Position, String> expressions = new HashMap<>();
        DiagnosticCollector cut = new DiagnosticCollector();
        for (ScalarNode scalar : ScalarsByLeaf.find(OptionShape.Leaf.EXPRESSION, pipeline, document)) {
            expressions.put(scalar.span().start(), ExpressionStyle.of(scalar.text()));
            CutExpression.find(scalar, new Place("where", scalar.span(), scalar))
                    .ifPresent(cut::add);
        }
        PipelineStyle style = new PipelineStyle();
        style.first(document.root(), List.copyOf(pipeline.fields().keySet()));
        style.fields(pipeline, document.root());
        return cut.with(cut.hasErrors() ? null : new CanonicalRules(style.firstKeys, expressions));
    }

    private void first(MappingNode node, List<String> keys) {
        firstKeys.putIfAbsent(node.span().start(), keys);
    }

    private void fields(Form.Fields form, MappingNode node) {
        for (MappingNode.Entry entry : node.entries()) {
            Form.Fields.Field field = form.fields().get(entry.key());
            if (field != null) {
                walk(field.form(), entry.value());
            }
        }
    }

    private void walk(Form form, Node node) {
        if (form instanceof Form.Items items && node instanceof SequenceNode list) {
            list.items().forEach(item -> walk(items.element(), item));
        } else if (form instanceof Form.TypeOrBlock block) {
            walk(block.block(), node);
        } else if (form instanceof Form.Again again) {
            walk(again.fields().get(), node);
        } else if (node instanceof MappingNode map) {
            walk(form, map);
        }
    }

    private void walk(Form form, MappingNode node) {
        if (form instanceof Form.Fields fields) {
            first(
                    node,
                    Stream.of("id", "type").filter(fields.fields()::containsKey).toList());
            fields(fields, node);
        } else if (form instanceof Form.Entries entries) {
            node.entries().forEach(entry -> walk(entries.value(), entry.value()));
        } else if (form instanceof Form.Typed typed) {
            first(node, List.of("type", "from"));
            String type = node.text("type").orElse("");
            if (typed.types().contains(type)) {
                fields(typed.fieldsOf().apply(type), node);
            }
        }
    }
}
