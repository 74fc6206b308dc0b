package io.pipewright.yaml;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds the tree of one file from the parser's events.
 *
 * <p>Of the parser's marks only their index is used. Its marks begin at anchors and end collections where the next
 * token begins; here a span holds a node's own text and nothing more.
 *
 * <p>It is one file because nodes contain each other, and what bounds them is counted over the whole file.
 */
final class DocumentComposer {
    private final FileText file;
    private final DiagnosticCollector findings;
    private final Parser parser;
    private final IndentTabs tabs;

    /** Whether the file has characters that were refused. */
    private final boolean unreadable;

    private final Map<String, Composed> anchors = new HashMap<>();
    private int aliases;
    private long repeated;
    private int lastEnd;

    /**
     * @param size nodes in it, those behind aliases counted each time
     * @param height levels in it, 1 for a scalar
     */
    private record Composed(Node node, long size, int height) {}

    /** Ends the reading after a finding that makes going on useless or expensive. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stop() {
            super(null, null, false, false);
        }
    }

    DocumentComposer(FileText file, DiagnosticCollector findings) {
        this.file = file;
        this.findings = findings;
        this.tabs = new IndentTabs(file);
        this.unreadable = findings.size() > 0;
        LoadSettings settings = file.parserSettings();
        this.parser = new ParserImpl(settings, new StreamReader(settings, file.printable()));
    }

    /** The root, or null if findings say why there is none. */
    @Nullable
    MappingNode compose() {
        try {
            MappingNode root = composeDocument();
            tabs.report(file.lineCount(), findings);
            return root;
        } catch (Stop e) {
            return null;
        } catch (MarkedYamlEngineException e) {
            if (!tabs.report(SyntaxFinding.lastReadLine(e, file) + 1, findings)) {
                findings.add(SyntaxFinding.of(e, file));
            }
            return null;
        } catch (YamlEngineException e) {
            findings.add(SyntaxFinding.after(lastEnd, file));
            return null;
        }
    }

    private @Nullable MappingNode composeDocument() {
        parser.next();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return empty();
        }
        parser.next();
        Composed root = composeNode(1);
        parser.next();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            int start = start(parser.peekEvent());
            error(
                    "second-document",
                    file.span(start, Math.min(start + 3, file.length())),
                    "A second document starts here.",
                    "a pipeline is one document: remove what follows, or put it into a file of its own.");
            return null;
        }
        if (root.node() instanceof MappingNode mapping) {
            return mapping;
        }
        if (root.node() instanceof ScalarNode scalar && scalar.isNull()) {
            return empty();
        }
        if (root.node() instanceof BrokenNode) {
            return null;
        }
        error(
                "not-a-map",
                root.node().span(),
                "The file holds " + root.node().describe() + ", not a map.",
                "start with `apiVersion: pipeline/v1` and write each part as `name: value`.");
        return null;
    }

    private @Nullable MappingNode empty() {
        error(
                "empty-document",
                Span.startOf(file.source()),
                "The file holds no pipeline.",
                "start with `apiVersion: pipeline/v1`, or let `pipewright new` write an example.");
        return null;
    }

    private Composed composeNode(int level) {
        NodeEvent event = (NodeEvent) parser.next();
        if (event instanceof AliasEvent alias) {
            return resolve(alias, level);
        }
        if (level > YamlReader.MAX_LEVELS) {
            throw tooDeep(start(event), start(event) + 1);
        }
        int start = skipProperties(event);
        Composed composed;
        if (event instanceof ScalarEvent scalar) {
            composed = new Composed(scalar(scalar, start), 1, 1);
        } else if (event.getEventId() == Event.ID.SequenceStart) {
            composed = sequence((CollectionStartEvent) event, start, level);
        } else {
            composed = mapping((CollectionStartEvent) event, start, level);
        }
        Composed result = composed.node() instanceof MappingNode || !isTagged(event)
                ? composed
                : new Composed(new BrokenNode(composed.node().span()), composed.size(), composed.height());
        if (event.getAnchor().isPresent()) {
            anchors.put(event.getAnchor().get().getValue(), result);
        }
        return result;
    }

    private ScalarNode scalar(ScalarEvent event, int start) {
        ScalarStyle style = ScalarStyle.of(event.getScalarStyle());
        int end = Math.max(start, end(event));
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            end = file.blockEnd(start, end, event.getValue());
        }
        if (style != ScalarStyle.PLAIN) {
            tabs.allow(file.lineOf(start) + 1, file.lineOf(end));
        }
        lastEnd = Math.max(lastEnd, end);
        Span span = file.span(start, end);
        if (hasHalf(event.getValue())) {
            String hint = "write it as one, such as `\\U0001F600`.";
            error("lone-surrogate", span, "An escape in this text is half of a character.", hint);
        }
        return ScalarNode.of(event.getValue(), style, span);
    }

    /** Whether there is half of a character, a surrogate without the other. */
    private static boolean hasHalf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
            }
        }
        return false;
    }

    private Composed sequence(CollectionStartEvent event, int start, int level) {
        lastEnd = Math.max(lastEnd, start);
        List<Node> items = new ArrayList<>();
        long size = 1;
        int height = 0;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            Composed item = composeNode(level + 1);
            items.add(item.node());
            size += item.size();
            height = Math.max(height, item.height());
        }
        Span span = file.span(start, endOf(event));
        boolean broken = items.stream().anyMatch(BrokenNode.class::isInstance);
        return new Composed(broken ? new BrokenNode(span) : new SequenceNode(items, span), size, height + 1);
    }

    private Composed mapping(CollectionStartEvent event, int start, int level) {
        lastEnd = Math.max(lastEnd, start);
        Map<String, MappingNode.Entry> entries = new LinkedHashMap<>();
        Map<String, List<MappingNode.Entry>> twice = new LinkedHashMap<>();
        long size = 1;
        int height = 0;
        boolean complete = true;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Composed composed = composeNode(level + 1);
            Node key = readable(composed.node());
            Composed value = composeNode(level + 1);
            size += value.size() + 1;
            height = Math.max(height, Math.max(composed.height(), value.height()));
            if (isValidKey(key, entries)) {
                ScalarNode scalar = (ScalarNode) key;
                entries.put(scalar.text(), new MappingNode.Entry(scalar.text(), scalar.span(), value.node()));
            } else if (key instanceof ScalarNode again && entries.containsKey(again.text())) {
                twice.computeIfAbsent(again.text(), text -> new ArrayList<>())
                        .add(new MappingNode.Entry(again.text(), again.span(), value.node()));
            } else {
                complete = false;
            }
        }
        twice.forEach((key, again) -> entries.computeIfPresent(key, (text, first) -> first.withAgain(again)));
        Span span = file.span(start, endOf(event));
        MappingNode mapping = new MappingNode(entries.values(), span);
        return new Composed(complete || level == 1 ? mapping : new BrokenNode(span), size, height + 1);
    }

    /** A key without the characters that were refused, so that nothing else is told of them. */
    private Node readable(Node key) {
        if (!unreadable || !(key instanceof ScalarNode scalar) || scalar.text().indexOf(FileText.REPLACEMENT) < 0) {
            return key;
        }
        String text = scalar.text().replace(String.valueOf(FileText.REPLACEMENT), "");
        return text.isEmpty() ? new BrokenNode(scalar.span()) : ScalarNode.of(text, scalar.style(), scalar.span());
    }

    private boolean isValidKey(Node key, Map<String, MappingNode.Entry> before) {
        if (key instanceof BrokenNode) {
            return false;
        }
        if (!(key instanceof ScalarNode scalar)) {
            String hint = "a key is a name; text with braces or brackets stands in quotes, as in `\"${var:name}\"`.";
            error("key-not-text", key.span(), "A key cannot be " + key.describe() + ".", hint);
            return false;
        }
        boolean plain = scalar.style() == ScalarStyle.PLAIN;
        if (plain && scalar.text().equals("<<")) {
            String hint = "share single values through `vars`, or whole blocks through an anchor and an alias.";
            error("merge-key", key.span(), "Merge keys (`<<`) are not part of a pipeline.", hint);
            return false;
        }
        if (plain && scalar.text().isEmpty()) {
            error("empty-key", key.span(), "There is no key before this colon.", "write `name: value`.");
            return false;
        }
        MappingNode.Entry first = before.get(scalar.text());
        if (first != null) {
            String hint = "it stands in line " + first.keySpan().line() + " already: remove or rename one of them.";
            error("duplicate-key", key.span(), "The key `" + scalar.text() + "` is there twice.", hint);
            return false;
        }
        return true;
    }

    private Composed resolve(AliasEvent event, int level) {
        int start = start(event);
        lastEnd = Math.max(lastEnd, end(event));
        Span span = file.span(start, end(event));
        String name = event.getAlias().getValue();
        if (++aliases > YamlReader.MAX_ALIASES) {
            String hint = "share single values through `vars`.";
            error("too-many-aliases", span, "The file has more than " + YamlReader.MAX_ALIASES + " aliases.", hint);
            throw new Stop();
        }
        Composed composed = anchors.get(name);
        if (composed == null) {
            String hint = Suggest.hint(name, "Anchors before this place", anchors.keySet());
            String message = "No anchor `&" + name + "` is finished before this alias.";
            error("unknown-anchor", span, message, hint.isEmpty() ? "write `&" + name + "` before the value." : hint);
            return new Composed(new BrokenNode(span), 1, 1);
        }
        repeated += composed.size();
        if (repeated > YamlReader.MAX_REPEATED) {
            String message = "Aliases repeat more than " + YamlReader.MAX_REPEATED + " values in this file.";
            error("too-many-aliases", span, message, "write smaller blocks behind anchors.");
            throw new Stop();
        }
        if (level + composed.height() - 1 > YamlReader.MAX_LEVELS) {
            throw tooDeep(start, end(event));
        }
        return composed;
    }

    private Stop tooDeep(int start, int end) {
        error(
                "too-deep",
                file.span(start, end),
                "The nesting is deeper than " + YamlReader.MAX_LEVELS + " levels.",
                "write flatter maps and lists.");
        return new Stop();
    }

    private static boolean isTagged(NodeEvent event) {
        return event instanceof ScalarEvent scalar
                ? scalar.getTag().isPresent()
                : ((CollectionStartEvent) event).getTag().isPresent();
    }

    /** The index where the node's own text starts, after its anchor; a tag before it is a finding. */
    private int skipProperties(NodeEvent event) {
        int index = start(event);
        if (event.getAnchor().isEmpty() && !isTagged(event)) {
            return index;
        }
        int limit = Math.max(end(event), event instanceof ScalarEvent ? 0 : file.length());
        while (index < limit && (file.at(index) == '&' || file.at(index) == '!')) {
            int end = index;
            while (end < limit && !file.isBlank(end) && !file.isBreak(end)) {
                end++;
            }
            if (file.at(index) == '!') {
                String hint = "remove it: the type of a value follows from its option.";
                error("tag", file.span(index, end), "Tags such as `!name` are not part of a pipeline.", hint);
            }
            index = file.afterBlanksAndComments(end, limit);
        }
        return Math.min(index, limit);
    }

    private int endOf(CollectionStartEvent event) {
        Event last = parser.next();
        if (event.isFlow()) {
            lastEnd = Math.max(lastEnd, end(last));
        }
        return lastEnd;
    }

    private void error(String code, Span span, String message, String hint) {
        findings.error(code, span, message, hint);
        if (findings.size() >= YamlReader.MAX_FINDINGS) {
            throw new Stop();
        }
    }

    private int start(Event event) {
        return event.getStartMark().map(Mark::getIndex).orElse(lastEnd);
    }

    private int end(Event event) {
        return event.getEndMark().map(Mark::getIndex).orElse(lastEnd);
    }
}
