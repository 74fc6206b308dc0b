package io.pipewright.yaml;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a file in the canonical form: the same tree, every comment, the author's choice between block and flow style.
 *
 * <p>What is written is read again before it is given away. A form that means something else than the file, or that
 * lost a comment, is a fault of this class and throws {@link IllegalStateException}.
 */
public final class YamlFormatter {

    private YamlFormatter() {}

    /**
     * The canonical form; a file with errors has none.
     *
     * @param rules what is known of the document, or why it should be left as it is
     */
    public static Checked<String> format(
            String fileName, byte[] bytes, Function<Document, Checked<CanonicalRules>> rules) {
        return YamlReader.read(fileName, bytes)
                .whole()
                .then(document -> rules.apply(document).whole().then(known -> format(document, bytes, known)));
    }

    private static Checked<String> format(Document document, byte[] bytes, CanonicalRules rules) {
        Layout layout = LayoutReader.read(FileText.decode(document.source().name(), bytes, new DiagnosticCollector()));
        String text = write(layout, rules);
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > YamlReader.MAX_BYTES) {
            return Checked.failed(Diagnostic.error(
                    "file-too-large",
                    Span.startOf(document.source()),
                    "The canonical form of the file has " + size + " bytes, more than 1 MiB.",
                    "move large parts into files of their own and name them here."));
        }
        check(document, layout, rules, text);
        return Checked.of(text);
    }

    private static String write(Layout layout, CanonicalRules rules) {
        FlowLine flow = new FlowLine(layout, rules);
        LayoutBlock top = BlockTree.of(layout, rules, flow);
        CommentPlacer.place(layout, top);
        return LayoutWriter.write(layout, rules, flow, top);
    }

    /** Throws {@link IllegalStateException} if a text is not a form of the document with all its comments. */
    static void check(Document before, Layout layout, CanonicalRules rules, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Checked<Document> after = YamlReader.read(before.source().name(), bytes);
        boolean same = !after.hasErrors()
                && new SameMeaning(rules)
                        .holds(before.root(), after.orElseThrow().root());
        if (!same || !comments(layout).equals(comments(bytes))) {
            throw new IllegalStateException("The canonical form of `"
                    + before.source().name() + "` would " + (same ? "lose a comment." : "mean something else."));
        }
    }

    private static List<String> comments(byte[] bytes) {
        return comments(LayoutReader.read(FileText.decode("", bytes, new DiagnosticCollector())));
    }

    private static List<String> comments(Layout layout) {
        return layout.comments().stream().map(Layout.Comment::text).sorted().toList();
    }
}
