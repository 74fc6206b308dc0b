package io.pipewright.schema;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.CanonicalRules;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the structure of a document: that all keys are known, the required ones there, values of the right kind and
 * types among those that the plugins offer.
 *
 * <p>The envelope is checked first, then each entry by the schema of its own {@code type}. What is in scalars, other
 * than the names of types and choices, is left to the phases that follow.
 */
public final class DocumentValidator {

    /** How the version of a file of test cases begins, which is read elsewhere. */
    private static final String VERSION_OF_TESTS = "pipelineTest/";

    private final Form.Fields pipeline;
    private final EveritCheck structure = new EveritCheck();

    /**
     * @param plugins whose types and options there are
     * @param runtime the options of the {@code runtime} block
     */
    public DocumentValidator(PluginCatalog plugins, OptionsModel runtime) {
        pipeline = new EnvelopeForm(plugins).pipeline(runtime);
    }

    /** The document without what is wrong with its structure, and all that is. */
    public Checked<ValidDocument> validate(Document document) {
        DiagnosticCollector problems = new DiagnosticCollector();
        ScalarNode version = version(document).orElse(null);
        if (version != null && version.text().startsWith(VERSION_OF_TESTS)) {
            problems.error(
                    "bad-api-version",
                    version.span(),
                    "This is a file of test cases, not a pipeline.",
                    "`./pipewright test " + version.span().source().name() + "` runs it.");
            return Checked.failed(problems.diagnostics()); // all else in it is as it has to be there
        }
        Mistakes mistakes = new Mistakes();
        document.root().get("records").ifPresent(records -> checkRecords(records, problems, mistakes));
        Walk walk = new Walk(structure, problems, mistakes);
        walk.check(pipeline, new Place("pipeline", Span.startOf(document.source()), document.root()));
        checkNotEmpty(document.root(), "sources", problems, mistakes);
        checkNotEmpty(document.root(), "sinks", problems, mistakes);
        for (String block : List.of("sources", "stages", "sinks")) {
            document.root().get(block).ifPresent(mistakes::mayHoldTwice);
        }
        if (version != null && !version.text().equals(EnvelopeForm.API_VERSION)) {
            problems.error(
                    "bad-api-version",
                    version.span(),
                    "`" + version.text() + "` is no version of the pipeline language.",
                    "write `apiVersion: " + EnvelopeForm.API_VERSION + "`.");
        }
        ValidDocument valid = new ValidDocument(mistakes.without(document), secrets(document));
        return Checked.of(valid, CutExpression.withoutPieces(problems.diagnostics()));
    }

    /** The values that options keep secret, by identity; of any document, also of one with mistakes. */
    public Set<ScalarNode> secrets(Document document) {
        return ScalarsByLeaf.find(OptionShape.Leaf.SECRET, pipeline, document);
    }

    /** The expressions of a document, by identity. */
    public Set<ScalarNode> expressions(Document document) {
        return ScalarsByLeaf.find(OptionShape.Leaf.EXPRESSION, pipeline, document);
    }

    /** How the canonical form of a pipeline's document depends on its options; fails where YAML has cut an expression. */
    public Checked<CanonicalRules> canonicalRules(Document document) {
        return PipelineStyle.of(pipeline, document);
    }

    /** What stands behind {@code apiVersion}, if it is a text. */
    private static Optional<ScalarNode> version(Document document) {
        return document.root()
                .get("apiVersion")
                .filter(value -> value instanceof ScalarNode scalar && !scalar.isNull())
                .map(value -> (ScalarNode) value);
    }

    private static void checkRecords(Node records, DiagnosticCollector problems, Mistakes mistakes) {
        if (!(records instanceof MappingNode mapping)) {
            return;
        }
        for (MappingNode.Entry entry : mapping.entries()) {
            if (entry.value() instanceof MappingNode record) {
                checkRecord(entry, record, problems, mistakes);
            }
        }
    }

    private static void checkRecord(
            MappingNode.Entry entry, MappingNode record, DiagnosticCollector problems, Mistakes mistakes) {
        List<String> ways = List.of("fields", "schema");
        boolean misspelt = record.keys().stream()
                .filter(key -> !ways.contains(key))
                .anyMatch(key -> Suggest.nearest(key, ways).isPresent());
        if (!has(record, "fields") && !has(record, "schema")) {
            mistakes.missing(record, "fields", entry.keySpan());
        }
        if (has(record, "schema")) {
            if (has(record, "fields")) {
                problems.error(
                        "conflicting-options",
                        record.entry("schema").orElseThrow().keySpan(),
                        "`" + entry.key() + "` has its fields from `fields` and from a file.",
                        "leave one of them out.");
            }
        } else if (!has(record, "fields") && !misspelt) {
            boolean unwrapped = record.keys().stream().anyMatch(key -> !key.equals("unknown") && !ways.contains(key));
            problems.error(
                    "missing-key",
                    entry.keySpan(),
                    "`" + entry.key() + "` declares no fields.",
                    unwrapped
                            ? "write `fields:` below it, and its fields below that."
                            : "add `fields` with the type of each field.");
            mistakes.broken(record);
        }
    }

    private static boolean has(MappingNode mapping, String key) {
        return mapping.get(key)
                .filter(value -> !(value instanceof ScalarNode scalar && scalar.isNull()))
                .isPresent();
    }

    /** A pipeline without a source or a sink does nothing; what its other entries lack then follows from that. */
    private static void checkNotEmpty(MappingNode root, String block, DiagnosticCollector problems, Mistakes mistakes) {
        root.entry(block)
                .filter(entry -> entry.value() instanceof MappingNode mapping
                        && mapping.entries().isEmpty())
                .ifPresent(entry -> {
                    problems.error(
                            "empty-map",
                            entry.keySpan(),
                            "`" + block + "` has no entry.",
                            "add one, such as `" + (block.equals("sinks") ? "out: {type: print" : "in: {type: file")
                                    + ", …}`.");
                    mistakes.broken(entry.value());
                });
    }

    /** One walk over a document. */
    private static final class Walk {
        private final EveritCheck structure;
        private final ShapeFindings findings;
        private final DiagnosticCollector problems;
        private final Mistakes mistakes;

        Walk(EveritCheck structure, DiagnosticCollector problems, Mistakes mistakes) {
            this.structure = structure;
            this.problems = problems;
            this.mistakes = mistakes;
            this.findings = new ShapeFindings(problems, mistakes);
        }

        /** Checks a value down to where a {@code type} decides, and then by that type. */
        void check(Form form, Place place) {
            if (place.node() instanceof BrokenNode) {
                return;
            }
            for (EveritCheck.Violation violation : structure.violations(form, place.node())) {
                report(violation, form, place);
            }
            descend(form, place);
        }

        private void report(EveritCheck.Violation violation, Form root, Place start) {
            Form form = root;
            Place place = start;
            for (String token : violation.path()) {
                form = child(form, token);
                place = place.child(token);
            }
            if (mistakes.isBroken(place.node())) {
                return; // told as a whole
            }
            if (violation.keys() && form instanceof Form.Fields fields) {
                findings.keys(fields, place);
            } else {
                findings.value(form, place);
            }
        }

        private static Form child(Form form, String token) {
            if (form instanceof Form.Fields fields && fields.fields().get(token) != null) {
                return fields.fields().get(token).form();
            } else if (form instanceof Form.Entries entries) {
                return entries.value();
            } else if (form instanceof Form.Items items) {
                return items.element();
            } else if (form instanceof Form.TextOrTexts) {
                return OptionForms.TEXT;
            }
            throw new IllegalStateException("The schema of " + form + " knows nothing of " + token);
        }

        private void descend(Form form, Place place) {
            Node node = place.node();
            if (form instanceof Form.Fields fields && node instanceof MappingNode mapping) {
                for (MappingNode.Entry entry : mapping.entries()) {
                    Form.Fields.Field field = fields.fields().get(entry.key());
                    if (field != null) {
                        if (fields.options()) {
                            block(field, Place.of(entry));
                        }
                        descend(field.form(), Place.of(entry));
                        entry.again().forEach(again -> check(field.form(), Place.of(again)));
                    }
                }
            } else if (form instanceof Form.Entries entries && node instanceof MappingNode mapping) {
                for (MappingNode.Entry entry : mapping.entries()) {
                    descend(entries.value(), Place.of(entry));
                    entry.again().forEach(again -> check(entries.value(), Place.of(again)));
                }
            } else if (form instanceof Form.Items items && node instanceof SequenceNode sequence) {
                sequence.items().forEach(item -> descend(items.element(), place.item(item)));
            } else if (form instanceof Form.Typed typed && node instanceof MappingNode mapping) {
                byType(typed, place, mapping);
            } else if (form instanceof Form.TypeOrBlock block && node instanceof MappingNode) {
                check(block.block(), place);
            } else if (form instanceof Form.Again again && node instanceof MappingNode) {
                check(again.fields().get(), place);
            } else if (form instanceof Form.Value value && node instanceof ScalarNode scalar) {
                expression(value, place, scalar);
            }
        }

        /**
         * Reports a block with nothing behind its colon. Null stands for what is left out; but {@code tls:} alone may
         * also mean that it is there.
         */
        private void block(Form.Fields.Field field, Place place) {
            boolean scalar = field.form() instanceof Form.Value || field.form() instanceof Form.Choice;
            if (!scalar && place.isEmpty() && !mistakes.isBroken(place.node())) {
                findings.noValue(field, place);
            }
        }

        private void byType(Form.Typed form, Place place, MappingNode mapping) {
            MappingNode.Entry entry = mapping.entry("type").orElse(null);
            if (entry != null && entry.value() instanceof BrokenNode) {
                return;
            }
            if (entry == null || Place.of(entry).isNull()) {
                findings.noType(form, place);
            } else if (!(entry.value() instanceof ScalarNode type)) {
                findings.value(OptionForms.TEXT, Place.of(entry));
            } else if (form.types().contains(type.text())) {
                check(form.fieldsOf().apply(type.text()), place);
            } else {
                findings.unknownType(form, type);
                form.meant(type.text(), mapping.keys()).ifPresent(fields -> check(fields, place));
            }
        }

        /** {@code where: null} is an expression; {@code where:} with nothing behind it is none. */
        private void expression(Form.Value form, Place place, ScalarNode scalar) {
            if (form.leaf() != OptionShape.Leaf.EXPRESSION) {
                return;
            }
            if (place.isEmpty() && !mistakes.isBroken(scalar)) {
                findings.noValue(place, "write an expression, such as the name of a field.");
            }
            CutExpression.find(scalar, place).ifPresent(cut -> {
                problems.add(cut);
                mistakes.cut(scalar, cut.span());
            });
        }
    }
}
