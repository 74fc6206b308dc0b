package io.pipewright.definition;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.ForeignLetter;
import io.pipewright.diagnostic.Span;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.schema.ValidDocument;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.CheckType;
import io.pipewright.spi.stage.ConnectionType;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Names;
import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Binds every entry of a valid document to its plugin and its options. It is one file because it is one walk over the
 * document, with a short method for each of its blocks.
 */
public final class DefinitionReader {

    private static final Pattern PARALLELISM = Pattern.compile("[1-9]\\d{0,4}");
    private static final Set<String> RESERVED = Set.of("errors", "late", "vars", "meta");
    private static final Map<String, StageInfo.Kind> BLOCKS = blocks();

    private final PluginCatalog plugins;
    private final Surroundings surroundings;
    private final Reading reading;

    /** @param reading what stands in for what is wrong */
    public DefinitionReader(PluginCatalog plugins, Surroundings surroundings, Reading reading) {
        this.reading = reading;
        this.plugins = plugins;
        this.surroundings = surroundings;
    }

    private static Map<String, StageInfo.Kind> blocks() {
        Map<String, StageInfo.Kind> blocks = new LinkedHashMap<>();
        blocks.put("sources", StageInfo.Kind.SOURCE);
        blocks.put("stages", StageInfo.Kind.STAGE);
        blocks.put("sinks", StageInfo.Kind.SINK);
        return blocks;
    }

    public Checked<PipelineDefinition> read(ValidDocument document) {
        DiagnosticCollector problems = new DiagnosticCollector();
        PipelineDefinition definition = new Pass(document, problems).pipeline();
        return Checked.of(definition, problems.diagnostics());
    }

    /** One document being read. */
    private final class Pass {
        private final ValidDocument document;
        private final MappingNode root;
        private final DiagnosticCollector problems;
        private final Map<String, DeclaredRecord> records;
        private final Map<String, VarDefinition> vars;
        private final Interpolation interpolation;
        private final OptionsBinder binder;
        private final ErrorPolicy defaultPolicy;
        private final Set<String> hidden = new HashSet<>();
        private final Set<String> texts = new HashSet<>();
        private boolean anyEntry;
        private boolean anyReader;

        Pass(ValidDocument document, DiagnosticCollector problems) {
            this.document = document;
            this.root = document.document().root();
            this.problems = problems;
            interpolation = new Interpolation(surroundings, problems);
            if (isBroken("vars")) {
                interpolation.spoilAll();
            }
            vars = new VarsReader(interpolation, reading, problems).read(block("vars"));
            records = new RecordsReader(block("records"), surroundings, reading, problems).read();
            DeclaredNames names = new DeclaredNames(
                    reading,
                    isBroken("records") ? null : records.keySet(),
                    isBroken("connections")
                            ? null
                            : Set.copyOf(block("connections").keys()));
            binder = new OptionsBinder(plugins, interpolation, surroundings, names, problems);
            boolean unknown =
                    isBroken("errors") || block("errors").get("default").orElse(null) instanceof BrokenNode;
            defaultPolicy = unknown
                    ? policyUnknown()
                    : block("errors").text("default").map(Pass::policy).orElse(ErrorPolicy.FAIL);
        }

        private boolean isBroken(String block) {
            return root.get(block).orElse(null) instanceof BrokenNode;
        }

        private ErrorPolicy policyUnknown() {
            return reading == Reading.FIRST ? ErrorPolicy.FAIL : ErrorPolicy.DEAD_LETTER;
        }

        private MappingNode block(String name) {
            return RecordsReader.orEmpty(root.get(name), root);
        }

        private static ErrorPolicy policy(String text) {
            return switch (text) {
                case "deadLetter" -> ErrorPolicy.DEAD_LETTER;
                case "drop" -> ErrorPolicy.DROP;
                default -> ErrorPolicy.FAIL;
            };
        }

        /** What the job is called; as it is written where only the environment knows what stands there. */
        private String name() {
            if (!(root.get("name").orElse(null) instanceof ScalarNode name)) {
                return "";
            }
            String text = interpolation.resolve(name).orElse(name.text());
            if (text.isBlank()) {
                problems.error("missing-key", name.span(), "`name` is empty.", "write what the job is called.");
            }
            return text;
        }

        PipelineDefinition pipeline() {
            Map<String, ConnectionDefinition> connections = new LinkedHashMap<>();
            block("connections").entries().forEach(entry -> {
                ConnectionDefinition connection = connection(entry);
                if (connection != null) {
                    connections.put(entry.key(), connection);
                }
            });
            Map<String, CheckDefinition> checks = new LinkedHashMap<>();
            block("checks").entries().forEach(entry -> {
                CheckDefinition check = check(entry);
                if (check != null) {
                    checks.put(entry.key(), check);
                }
            });
            Map<String, EntryDefinition> entries = new LinkedHashMap<>();
            BLOCKS.forEach((block, kind) -> block(block).entries().forEach(entry -> addAll(entry, kind, entries)));
            return new PipelineDefinition(
                    name(),
                    root.text("description").orElse(""),
                    vars,
                    records,
                    connections,
                    checks,
                    entries,
                    runtime(entries.values()),
                    gaps(),
                    new ResolvedText(document).json());
        }

        private RuntimeOptions runtime(Collection<EntryDefinition> entries) {
            Span key = root.entry("runtime").map(MappingNode.Entry::keySpan).orElse(root.span());
            RuntimeOptions runtime = binder.bind(RuntimeOptions.class, block("runtime"), key, "");
            if (!isBroken("runtime")) {
                new RuntimeCheck(block("runtime"), key, interpolation, problems).check(runtime, entries);
            }
            return runtime;
        }

        private Gaps gaps() {
            boolean blocks = isBroken("sources") || isBroken("stages");
            boolean readers = isBroken("stages") || isBroken("sinks");
            return new Gaps(reading, hidden, anyEntry || blocks, anyReader || readers, isBroken("vars"), texts);
        }

        /** Null if the type is unknown. */
        private @Nullable ConnectionDefinition connection(MappingNode.Entry entry) {
            ConnectionType<?> type = plugins.connections().get(typeOf(entry.value()));
            if (type == null) {
                return null;
            }
            MappingNode node = (MappingNode) entry.value();
            Record options = binder.bind(type.optionsType(), node, entry.keySpan(), "");
            return new ConnectionDefinition(entry.key(), type, options, new NodePlace(entry.keySpan(), node));
        }

        /** Null if the type is unknown. */
        private @Nullable CheckDefinition check(MappingNode.Entry entry) {
            CheckType<?> type = plugins.checks().get(typeOf(entry.value()));
            if (type == null) {
                return null;
            }
            MappingNode node = (MappingNode) entry.value();
            Record options = binder.bind(type.optionsType(), node, entry.keySpan(), "");
            return new CheckDefinition(entry.key(), type, options, new NodePlace(entry.keySpan(), node));
        }

        private static String typeOf(Node node) {
            return node instanceof MappingNode mapping ? mapping.text("type").orElse("") : "";
        }

        /** Adds all that have the id of an entry; what the others are, only a new id can say. */
        private void addAll(MappingNode.Entry entry, StageInfo.Kind kind, Map<String, EntryDefinition> entries) {
            boolean taken = !idFits(entry, entries.keySet());
            add(entry, taken ? hide(entry) : entry.key(), kind, entries);
            for (MappingNode.Entry again : entry.again()) {
                anyEntry = true;
                add(again, hide(again), kind, entries);
            }
        }

        private void add(
                MappingNode.Entry entry, String id, StageInfo.Kind kind, Map<String, EntryDefinition> entries) {
            Optional<StageType<?, ?>> type = plugins.stage(kind, typeOf(entry.value()));
            if (type.isEmpty()) {
                hidden.add(entry.key());
                addTexts(entry.value());
                return;
            }
            MappingNode node = (MappingNode) entry.value();
            binder.takePorts();
            Record options = binder.bind(type.get().optionsType(), node, entry.keySpan(), "");
            List<PortRef> inputs = binder.takePorts();
            OptionalInt parallelism = parallelism(node);
            Node ownPolicy = node.get("onError").orElse(null);
            ErrorPolicy onError = ownPolicy instanceof BrokenNode
                    ? policyUnknown()
                    : node.text("onError").map(Pass::policy).orElse(defaultPolicy);
            Span onErrorPlace = Optional.ofNullable(ownPolicy)
                    .or(() -> block("errors").get("default"))
                    .map(Node::span)
                    .orElse(entry.keySpan());
            String uid = node.text("uid").orElse(id);
            NodePlace place = new NodePlace(entry.keySpan(), node);
            entries.put(
                    id,
                    new EntryDefinition(
                            id,
                            type.get(),
                            from(node),
                            inputs,
                            options,
                            onError,
                            onErrorPlace,
                            parallelism,
                            uid,
                            place));
        }

        /** What findings call an entry whose id another one has; nothing refers to it, and what refers to the id is open. */
        private String hide(MappingNode.Entry entry) {
            String id = entry.key() + " in line " + entry.keySpan().line();
            hidden.add(id);
            hidden.add(entry.key());
            addTexts(entry.value());
            return id;
        }

        private void addTexts(Node node) {
            if (node instanceof MappingNode mapping) {
                mapping.entries().forEach(entry -> addTexts(entry.value()));
            } else if (node instanceof SequenceNode sequence) {
                sequence.items().forEach(this::addTexts);
            } else if (node instanceof ScalarNode scalar) {
                texts.add(scalar.text());
            } else {
                anyReader = true;
            }
        }

        /** Reports an id that cannot stay; false if nothing can be called that, as something is already. */
        private boolean idFits(MappingNode.Entry entry, Set<String> taken) {
            String id = entry.key();
            if (!Names.isId(id)) {
                problems.error(
                        "bad-id",
                        entry.keySpan(),
                        "`" + id + "` cannot be an id.",
                        ForeignLetter.in(id)
                                .map(foreign -> "ids have Latin letters and digits. " + foreign)
                                .orElse("ids begin with a small letter and go on with letters and digits: `" + camel(id)
                                        + "`."));
            }
            if (RESERVED.contains(id)) {
                problems.error(
                        "reserved-id", entry.keySpan(), "`" + id + "` has a meaning of its own.", "choose another id.");
                hidden.add(id);
                anyEntry = true;
            }
            if (taken.contains(id)) {
                problems.error(
                        "duplicate-id",
                        entry.keySpan(),
                        "There is another entry `" + id + "`.",
                        "give one of them another id: ids of sources, stages and sinks are unique together.");
                anyEntry = true;
                return false;
            }
            return true;
        }

        private static String camel(String id) {
            StringBuilder text = new StringBuilder();
            for (String word : id.split("[^A-Za-z0-9]+")) {
                if (!word.isEmpty()) {
                    String first = word.substring(0, 1);
                    text.append(text.isEmpty() ? first.toLowerCase(Locale.ROOT) : first.toUpperCase(Locale.ROOT));
                    text.append(word.substring(1));
                }
            }
            return text.isEmpty() || Character.isDigit(text.charAt(0)) ? "id" + text : text.toString();
        }

        private List<PortRef> from(MappingNode node) {
            Node from = node.get("from").orElse(null);
            if (from == null) {
                return List.of();
            } else if (from instanceof SequenceNode sequence) {
                List<PortRef> ports = new ArrayList<>();
                for (int i = 0; i < sequence.items().size(); i++) {
                    ports.add(port(sequence.items().get(i), "from[" + i + "]"));
                }
                return ports;
            }
            return List.of(port(from, "from"));
        }

        private PortRef port(Node node, String path) {
            return node instanceof ScalarNode scalar ? new PortRef(scalar.text(), path) : reading.port(path);
        }

        private OptionalInt parallelism(MappingNode node) {
            if (!(node.get("parallelism").orElse(null) instanceof ScalarNode scalar)) {
                return OptionalInt.empty();
            }
            Optional<String> text = interpolation.resolve(scalar);
            if (text.isPresent() && PARALLELISM.matcher(text.get()).matches()) {
                return OptionalInt.of(Integer.parseInt(text.get()));
            }
            if (text.isPresent()) {
                problems.error(
                        "bad-literal",
                        scalar.span(),
                        "`parallelism` is a whole number from 1 to 32768.",
                        "write for example `2`.");
            }
            return OptionalInt.of(reading.pick(1, 2));
        }
    }
}
