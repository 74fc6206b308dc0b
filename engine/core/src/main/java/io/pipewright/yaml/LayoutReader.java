package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.Scanner;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.ScalarToken;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * Reads how a file is laid out, once {@link YamlReader} has found no error in it.
 *
 * <p>Comments are what begins with a number sign between two tokens: the library's own comment events lose some inside
 * flow collections.
 */
final class LayoutReader {
    private final FileText file;
    private final Parser parser;
    private final Layout tokens;

    private LayoutReader(FileText file) {
        this.file = file;
        this.tokens = tokens(file);
        this.parser = new ParserImpl(file.parserSettings(), new StreamReader(file.parserSettings(), file.printable()));
    }

    static Layout read(FileText file) {
        LayoutReader reader = new LayoutReader(file);
        reader.parser.next();
        reader.parser.next();
        LayoutNode.Collection root = (LayoutNode.Collection) reader.node();
        return new Layout(file, root, reader.tokens.pieces(), reader.tokens.comments());
    }

    private static Layout tokens(FileText file) {
        List<Layout.Piece> pieces = new ArrayList<>();
        List<Layout.Comment> comments = new ArrayList<>();
        Scanner scanner =
                new ScannerImpl(file.parserSettings(), new StreamReader(file.parserSettings(), file.printable()));
        int end = 0;
        while (scanner.hasNext()) {
            Token token = scanner.next();
            for (Layout.Piece piece : pieces(file, token)) {
                addComments(file, end, piece.start(), comments);
                pieces.add(piece);
                end = piece.end();
            }
        }
        addComments(file, end, file.length(), comments);
        LayoutNode.Collection none = new LayoutNode.Collection("", 0, 0, true, false, List.of());
        return new Layout(file, none, pieces, comments);
    }

    private static List<Layout.Piece> pieces(FileText file, Token token) {
        int start = index(token.getStartMark());
        int end = index(token.getEndMark());
        if (token instanceof ScalarToken scalar && isBlock(file, scalar, start)) {
            BlockText block = BlockText.read(file, start, end, scalar.getValue());
            Layout.Piece header = new Layout.Piece(start, block.header(), false);
            return block.lines().isEmpty()
                    ? List.of(header)
                    : List.of(header, new Layout.Piece(afterLine(file, block.header()), block.end(), false));
        }
        boolean closes = token.getTokenId() == Token.ID.FlowMappingEnd
                || token.getTokenId() == Token.ID.FlowSequenceEnd
                || token.getTokenId() == Token.ID.FlowEntry;
        return end > start ? List.of(new Layout.Piece(start, end, closes)) : List.of();
    }

    private static boolean isBlock(FileText file, ScalarToken scalar, int start) {
        return !scalar.isPlain() && (file.at(start) == '|' || file.at(start) == '>');
    }

    private static int afterLine(FileText file, int index) {
        int line = file.lineOf(index) + 1;
        return line < file.lineCount() ? file.lineStart(line) : file.length();
    }

    private static void addComments(FileText file, int from, int to, List<Layout.Comment> comments) {
        for (int i = from; i < to; i++) {
            if (file.at(i) == '#') {
                int end = i;
                while (end < to && !file.isBreak(end)) {
                    end++;
                }
                comments.add(new Layout.Comment(i, ScalarLines.stripEnd(file.text(i, end))));
                i = end;
            }
        }
    }

    private LayoutNode node() {
        NodeEvent event = (NodeEvent) parser.next();
        int start = index(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            String text = "*" + alias.getAlias().getValue();
            return new LayoutNode.Alias(start, start + text.codePointCount(0, text.length()), text);
        }
        String anchor = event.getAnchor().map(name -> "&" + name.getValue()).orElse("");
        int afterAnchor = start + anchor.codePointCount(0, anchor.length());
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, anchor, afterAnchor);
        }
        int own = anchor.isEmpty() ? start : file.afterBlanksAndComments(afterAnchor, file.length());
        return collection((CollectionStartEvent) event, anchor, own);
    }

    private LayoutNode scalar(ScalarEvent event, String anchor, int afterAnchor) {
        String text = event.getValue();
        ScalarStyle style = ScalarStyle.of(event.getScalarStyle());
        if (style == ScalarStyle.PLAIN && text.isEmpty()) {
            return new LayoutNode.Scalar(anchor, afterAnchor, afterAnchor, style, "", "", Optional.empty());
        }
        int start = anchor.isEmpty() ? afterAnchor : file.afterBlanksAndComments(afterAnchor, file.length());
        int end = index(event.getEndMark());
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            BlockText block = BlockText.read(file, start, end, text);
            return new LayoutNode.Scalar(anchor, start, block.end(), style, text, "", Optional.of(block));
        }
        return new LayoutNode.Scalar(anchor, start, end, style, text, file.text(start, end), Optional.empty());
    }

    private LayoutNode collection(CollectionStartEvent event, String anchor, int start) {
        boolean map = event.getEventId() == Event.ID.MappingStart;
        List<LayoutNode.Entry> entries = new ArrayList<>();
        int end = start;
        while (!parser.checkEvent(map ? Event.ID.MappingEnd : Event.ID.SequenceEnd)) {
            int first = index(parser.peekEvent().getStartMark());
            if (map) {
                LayoutNode key = node();
                LayoutNode value = node();
                int before = tokens.pieceBefore(first);
                boolean explicit =
                        before >= 0 && file.at(tokens.pieces().get(before).start()) == '?' && isOneCharacter(before);
                int from = explicit ? tokens.pieces().get(before).start() : first;
                entries.add(new LayoutNode.Entry(from, Optional.of(key), value));
                end = Math.max(key.end(), value.end());
            } else {
                LayoutNode value = node();
                int dash = event.isFlow()
                        ? first
                        : tokens.pieces().get(tokens.pieceBefore(first)).start();
                entries.add(new LayoutNode.Entry(dash, Optional.empty(), value));
                end = Math.max(dash + 1, value.end());
            }
        }
        int last = index(parser.next().getEndMark());
        boolean brackets = event.isFlow() && (file.at(start) == '{' || file.at(start) == '[');
        return new LayoutNode.Collection(anchor, start, brackets ? last : end, map, event.isFlow(), entries);
    }

    private boolean isOneCharacter(int piece) {
        return tokens.pieces().get(piece).end() - tokens.pieces().get(piece).start() == 1;
    }

    private static int index(Optional<Mark> mark) {
        return mark.orElseThrow().getIndex();
    }
}
