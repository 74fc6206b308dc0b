package io.pipewright.yaml;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays one document over another: keys are added, changed or, with {@code null}, removed.
 *
 * <p>Maps merge key by key; one whose {@code type} changes is replaced. Lists whose items all have an {@code id} merge
 * by it, new items at the end; other lists are replaced. What comes from the overlay has its place there, so findings
 * name the overlay's line. Neither document changes.
 */
public final class DocumentOverlay {
    /** Maps whose keys are the author's own names, where {@code type} is a name like others. */
    private static final Set<String> OWN_NAMES = Set.of(
            "fields",
            "add",
            "aggregate",
            "emit",
            "select",
            "columns",
            "headers",
            "properties",
            "vars",
            "records",
            "sources",
            "stages",
            "sinks",
            "connections",
            "checks");

    private final DiagnosticCollector findings = new DiagnosticCollector();

    private DocumentOverlay() {}

    /** The merged document; removing what is not there is a warning. */
    public static Checked<Document> apply(Document base, Document overlay) {
        DocumentOverlay run = new DocumentOverlay();
        MappingNode root = run.merge(base.root(), overlay.root());
        return run.findings.with(new Document(base.source(), root));
    }

    private MappingNode merge(MappingNode base, MappingNode overlay) {
        Map<String, MappingNode.Entry> merged = new LinkedHashMap<>();
        base.entries().forEach(entry -> merged.put(entry.key(), entry));
        for (MappingNode.Entry change : overlay.entries()) {
            Optional<MappingNode.Entry> old = base.entry(change.key());
            boolean removes = change.value() instanceof ScalarNode scalar && scalar.isNull();
            if (!removes) {
                merged.put(change.key(), old.map(entry -> merge(entry, change)).orElse(change));
            } else if (old.isPresent()) {
                merged.remove(change.key());
            } else {
                findings.warning(
                        "nothing-to-remove",
                        change.keySpan(),
                        "There is no `" + change.key() + "` to remove.",
                        "in an overlay `null` removes a key: check its name, or remove this line.");
            }
        }
        return new MappingNode(merged.values(), base.span());
    }

    private MappingNode.Entry merge(MappingNode.Entry base, MappingNode.Entry overlay) {
        if (base.value() instanceof MappingNode old && overlay.value() instanceof MappingNode change) {
            boolean replaced = !OWN_NAMES.contains(base.key()) && changesType(old, change);
            return replaced ? overlay : base.withValue(merge(old, change));
        }
        if (base.value() instanceof SequenceNode old && overlay.value() instanceof SequenceNode change) {
            return haveIds(old) && haveIds(change) ? base.withValue(merge(old, change)) : overlay;
        }
        return overlay;
    }

    private SequenceNode merge(SequenceNode base, SequenceNode overlay) {
        Map<String, Node> byId = new LinkedHashMap<>();
        base.items().forEach(item -> byId.put(DocumentEdit.id(item), item));
        for (Node item : overlay.items()) {
            MappingNode change = (MappingNode) item;
            byId.merge(DocumentEdit.id(item), item, (old, same) -> merge((MappingNode) old, change));
        }
        return new SequenceNode(new ArrayList<>(byId.values()), base.span());
    }

    private static boolean changesType(MappingNode base, MappingNode overlay) {
        Optional<String> type = overlay.text("type");
        return type.isPresent() && !type.equals(base.text("type"));
    }

    /** Whether all items have ids, each its own; repeated ids are left to the checks that follow. */
    private static boolean haveIds(SequenceNode sequence) {
        List<String> ids = sequence.items().stream().map(DocumentEdit::id).toList();
        return ids.stream().noneMatch(String::isEmpty) && Set.copyOf(ids).size() == ids.size();
    }
}
