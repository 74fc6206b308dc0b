package io.pipewright.yaml;

import io.pipewright.yaml.LayoutBlock.Remark;
import io.pipewright.yaml.LayoutBlock.Trailing;
import io.pipewright.yaml.LayoutBlock.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives every comment to the entry that it is about: one behind something to that, one on a line of its own to the
 * entry that comes next, or to the end of the block whose indentation it has.
 */
final class CommentPlacer {
    private final Layout layout;
    private final FileText file;

    /** In the order of the file. */
    private final List<Unit> units = new ArrayList<>();

    /** The unit after which the last comments stand, and how many blocks they have left behind. */
    private Optional<Unit> last = Optional.empty();

    private int level;

    private CommentPlacer(Layout layout) {
        this.layout = layout;
        this.file = layout.file();
    }

    static void place(Layout layout, LayoutBlock top) {
        CommentPlacer placer = new CommentPlacer(layout);
        placer.collect(top);
        placer.units.sort(Comparator.comparingInt(unit -> unit.entry.start()));
        layout.comments().forEach(placer::place);
    }

    private void collect(LayoutBlock block) {
        for (Unit unit : block.units) {
            units.add(unit);
            unit.block.ifPresent(this::collect);
        }
    }

    private void place(Layout.Comment comment) {
        int index = Layout.lastBefore(
                comment.start(), units.size(), i -> units.get(i).entry.start());
        boolean ownLine = file.startsLine(comment.start());
        Remark remark = new Remark(comment.text(), ownLine && layout.isAfterEmptyLine(comment.start()));
        if (index < 0) {
            units.get(0).above.add(remark);
        } else if (ownLine || !placeBehind(comment, units.get(index))) {
            placeOnItsLine(comment, remark, index);
        }
    }

    private boolean placeBehind(Layout.Comment comment, Unit unit) {
        Layout.Piece piece = layout.pieces().get(layout.pieceBefore(comment.start()));
        if (unit.block.isPresent() || piece.start() < unit.end()) {
            trail(unit, comment);
            return true;
        }
        Optional<LayoutBlock> closed = closedBefore(comment.start(), unit.parent);
        if (closed.isPresent()) {
            Unit owner = closed.get().owner.orElseThrow();
            if (isOnLineOf(closed.get().node.start(), comment)) {
                trail(owner, comment);
            } else {
                closed.get().footer.add(new Remark(comment.text(), false));
            }
            return true;
        }
        if (piece.closes() && isOnLineOf(Math.max(0, unit.end() - 1), comment)) {
            trail(unit, comment);
            return true;
        }
        return false;
    }

    private boolean isOnLineOf(int place, Layout.Comment comment) {
        return file.lineOf(place) == file.lineOf(comment.start());
    }

    /** The outermost of the blocks in brackets that end right before a place. */
    private Optional<LayoutBlock> closedBefore(int place, LayoutBlock innermost) {
        Optional<LayoutBlock> closed = Optional.empty();
        LayoutBlock block = innermost;
        while (block.node.flow() && block.node.end() <= place) {
            closed = Optional.of(block);
            block = block.owner.orElseThrow().parent;
        }
        return closed;
    }

    /** Where a dash is followed by a block, nothing can stand behind it. */
    private void trail(Unit unit, Layout.Comment comment) {
        boolean bare = unit.isItem()
                && unit.block.isPresent()
                && unit.entry.value().anchor().isEmpty();
        if (bare) {
            unit.above.add(new Remark(comment.text(), false));
            return;
        }
        unit.trailing.ifPresent(before -> unit.above.add(new Remark(before.text(), false)));
        unit.trailing = Optional.of(new Trailing(comment.text(), file.columnOf(comment.start())));
    }

    private void placeOnItsLine(Layout.Comment comment, Remark remark, int index) {
        Unit unit = units.get(index);
        if (unit.block.isEmpty() && comment.start() < unit.end()) {
            unit.above.add(remark);
            return;
        }
        Optional<Unit> next = index + 1 < units.size() ? Optional.of(units.get(index + 1)) : Optional.empty();
        List<LayoutBlock> ended = ended(unit, next);
        if (last.filter(before -> before == unit).isEmpty()) {
            last = Optional.of(unit);
            level = unit.isLeftOut() && !unit.parent.node.flow() ? 0 : 1;
        }
        int column = file.columnOf(comment.start());
        if (level == 0 && column > unit.parent.column) {
            unit.below.add(remark);
            return;
        }
        for (level = Math.max(level, 1); level <= ended.size(); level++) {
            LayoutBlock block = ended.get(level - 1);
            boolean inside = block.node.flow() ? comment.start() < block.node.end() : column >= block.column;
            if (inside) {
                block.footer.add(remark);
                return;
            }
        }
        next.orElseThrow().above.add(remark);
    }

    /** The blocks that end between two units, from the inside. */
    private static List<LayoutBlock> ended(Unit unit, Optional<Unit> next) {
        List<LayoutBlock> ended = new ArrayList<>();
        if (next.isPresent()
                && next.get().parent.owner.filter(owner -> owner == unit).isPresent()) {
            return ended;
        }
        Optional<LayoutBlock> block = Optional.of(unit.parent);
        while (block.isPresent() && !next.map(each -> each.parent).equals(block)) {
            ended.add(block.get());
            block = block.get().owner.map(owner -> owner.parent);
        }
        return ended;
    }
}
