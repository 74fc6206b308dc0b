package io.pipewright.yaml;

import io.pipewright.yaml.LayoutBlock.Remark;
import io.pipewright.yaml.LayoutBlock.Trailing;
import io.pipewright.yaml.LayoutBlock.Unit;
import io.pipewright.yaml.LayoutLine.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes a tree with its comments, line by line. */
final class LayoutWriter {
    private final Layout layout;
    private final CanonicalRules rules;
    private final FlowLine flow;
    private final List<LayoutLine> lines = new ArrayList<>();

    private LayoutWriter(Layout layout, CanonicalRules rules, FlowLine flow) {
        this.layout = layout;
        this.rules = rules;
        this.flow = flow;
    }

    static String write(Layout layout, CanonicalRules rules, FlowLine flow, LayoutBlock top) {
        LayoutWriter writer = new LayoutWriter(layout, rules, flow);
        writer.file(top);
        return LineAligner.text(writer.lines);
    }

    private void file(LayoutBlock top) {
        Unit whole = top.units.get(0);
        remarks(whole.above, 0);
        emptyLine(whole.afterEmptyLine);
        String anchor = whole.entry.value().anchor();
        if (whole.block.isPresent()) {
            if (!anchor.isEmpty()) {
                line(whole, List.of(new Cell("", anchor, -1, 0)), whole.trailing);
            }
            block(whole.block.get(), 0, "");
        } else {
            oneLine(whole, "");
        }
        remarks(top.footer, 0);
    }

    /** @param lead what stands before the first entry: blanks, and dashes where an item begins with it */
    private void block(LayoutBlock block, int indentation, String lead) {
        boolean first = true;
        for (Unit unit : block.units) {
            boolean compact = first && lead.endsWith("- ");
            if (!compact) {
                above(unit, indentation, first);
            }
            unit(unit, indentation, first ? lead : " ".repeat(indentation));
            first = false;
        }
        remarks(block.footer, indentation);
    }

    private void above(Unit unit, int indentation, boolean first) {
        List<Remark> remarks = aboveOf(unit).toList();
        for (int i = 0; i < remarks.size(); i++) {
            emptyLine(remarks.get(i).afterEmptyLine() && !(first && i == 0));
            lines.add(LayoutLine.of(" ".repeat(indentation) + remarks.get(i).text()));
        }
        emptyLine(unit.afterEmptyLine && !(first && remarks.isEmpty()));
    }

    /** With the comments above what begins behind a dash, which have no other place. */
    private static Stream<Remark> aboveOf(Unit unit) {
        boolean compact = unit.isItem() && unit.entry.value().anchor().isEmpty();
        Stream<Remark> inside =
                compact ? unit.block.stream().flatMap(block -> aboveOf(block.units.get(0))) : Stream.empty();
        return Stream.concat(unit.above.stream(), inside);
    }

    private void remarks(List<Remark> remarks, int indentation) {
        for (Remark remark : remarks) {
            emptyLine(remark.afterEmptyLine());
            lines.add(LayoutLine.of(" ".repeat(indentation) + remark.text()));
        }
    }

    private void emptyLine(boolean wanted) {
        if (wanted && !lines.isEmpty() && !isEmptyText(lines.size() - 1)) {
            lines.add(LayoutLine.EMPTY);
        }
    }

    private boolean isEmptyText(int line) {
        return lines.get(line).isEmpty();
    }

    private void unit(Unit unit, int indentation, String lead) {
        Optional<LayoutBlock> block = unit.block;
        String anchor = unit.entry.value().anchor();
        if (block.isEmpty()) {
            leaf(unit, indentation, lead);
        } else if (unit.isItem() && anchor.isEmpty()) {
            block(block.get(), indentation + 2, lead + "- ");
        } else {
            line(
                    unit,
                    List.of(new Cell("", head(unit, indentation, lead) + blankBefore(anchor), -1, 0)),
                    unit.trailing);
            block(block.get(), indentation + 2, " ".repeat(indentation + 2));
        }
        remarks(unit.below, indentation + 2);
    }

    private static String blankBefore(String text) {
        return text.isEmpty() ? "" : " " + text;
    }

    /** The dash, or the key with its colon. A long key has a line of its own. */
    private String head(Unit unit, int indentation, String lead) {
        if (unit.isItem()) {
            return lead + "-";
        }
        String key = flow.key(unit.entry.key().get(), false);
        if (FlowLine.isLong(key)) {
            lines.add(LayoutLine.of(lead + "? " + key));
            return " ".repeat(indentation) + ":";
        }
        return lead + key + ":";
    }

    private void leaf(Unit unit, int indentation, String lead) {
        if (unit.entry.value() instanceof LayoutNode.Scalar scalar
                && !(scalar.isBlock() && scalar.text().isBlank())) {
            scalar(unit, scalar, indentation, head(unit, indentation, lead));
        } else {
            oneLine(unit, head(unit, indentation, lead));
        }
    }

    private void scalar(Unit unit, LayoutNode.Scalar scalar, int indentation, String head) {
        List<String> text = scalar.block()
                .map(block -> List.of(header(scalar, block)))
                .orElseGet(() -> flow.scalarLines(scalar, false));
        String anchored = scalar.anchor().isEmpty() || text.get(0).isEmpty()
                ? scalar.anchor() + text.get(0)
                : scalar.anchor() + " " + text.get(0);
        if (text.size() == 1) {
            line(unit, cells(unit, head, List.of(anchored), List.of(unit.entry)), unit.trailing);
        } else {
            lines.add(LayoutLine.of(head + " " + anchored));
            text.subList(1, text.size() - 1).forEach(each -> continued(each, indentation));
            String last = " ".repeat(indentation + 2) + text.get(text.size() - 1);
            lines.add(new LayoutLine(Optional.empty(), List.of(new Cell("", last, -1, 0)), unit.trailing));
        }
        scalar.block().ifPresent(block -> block.allLines().forEach(each -> continued(each, indentation)));
    }

    private static String header(LayoutNode.Scalar scalar, BlockText block) {
        return (scalar.style() == ScalarStyle.LITERAL ? "|" : ">") + block.indicators();
    }

    private void continued(String text, int indentation) {
        lines.add(LayoutLine.of(text.isEmpty() ? "" : " ".repeat(indentation + 2) + text));
    }

    /** An alias, a collection in flow style, or a block scalar of nothing but blanks. */
    private void oneLine(Unit unit, String head) {
        LayoutNode value = unit.entry.value();
        String anchor = value.anchor().isEmpty() ? "" : value.anchor() + " ";
        if (value instanceof LayoutNode.Collection collection
                && collection.map()
                && !collection.entries().isEmpty()) {
            List<String> entries = new ArrayList<>(flow.entries(collection).orElseThrow());
            for (int i = 0; i < entries.size(); i++) {
                String before = i == 0 ? anchor + "{" : "";
                entries.set(i, before + entries.get(i) + (i == entries.size() - 1 ? "}" : ","));
            }
            line(unit, cells(unit, head, entries, KeyOrder.of(collection, layout, rules)), unit.trailing);
            return;
        }
        String text = value instanceof LayoutNode.Collection collection
                ? flow.collection(collection).orElseThrow()
                : value instanceof LayoutNode.Alias alias
                        ? alias.text()
                        : YamlWriter.quoted(((LayoutNode.Scalar) value).text());
        line(unit, cells(unit, head, List.of(anchor + text), List.of(unit.entry)), unit.trailing);
    }

    private List<Cell> cells(Unit unit, String head, List<String> texts, List<LayoutNode.Entry> entries) {
        List<Cell> cells = new ArrayList<>();
        boolean joined = unit.isItem() || texts.get(0).isEmpty();
        if (!joined) {
            cells.add(new Cell("", head, -1, 0));
        }
        for (int i = 0; i < texts.size(); i++) {
            boolean value = i == 0;
            int place = value ? valueStart(unit) : entries.get(i).start();
            String text = value && joined ? head + (head.isEmpty() ? "" : blankBefore(texts.get(i))) : texts.get(i);
            text = value && head.isEmpty() ? texts.get(i) : text;
            cells.add(cell(name(entries.get(i), texts.size() > 1), text, place));
        }
        return cells;
    }

    private int valueStart(Unit unit) {
        LayoutNode value = unit.entry.value();
        return value.anchor().isEmpty()
                ? value.start()
                : layout.pieces().get(layout.pieceBefore(value.start())).start();
    }

    private static String name(LayoutNode.Entry entry, boolean inMap) {
        return inMap && entry.key().orElse(entry.value()) instanceof LayoutNode.Scalar scalar
                ? "." + scalar.text()
                : "";
    }

    private Cell cell(String name, String text, int place) {
        FileText file = layout.file();
        if (file.startsLine(place)) {
            return new Cell(name, text, -1, 0);
        }
        int gap = 0;
        while (file.isBlank(place - gap - 1)) {
            gap++;
        }
        return new Cell(name, text, file.columnOf(place), gap);
    }

    private void line(Unit unit, List<Cell> cells, Optional<Trailing> trailing) {
        lines.add(new LayoutLine(Optional.of(unit.parent), cells, trailing));
    }
}
