package io.pipewright.app.picture;

import io.pipewright.app.picture.Drawing.Box;
import io.pipewright.app.picture.Drawing.Dot;
import io.pipewright.app.picture.Drawing.Group;
import io.pipewright.app.picture.Drawing.Head;
import io.pipewright.app.picture.Drawing.Line;
import io.pipewright.app.picture.Drawing.Point;
import io.pipewright.app.picture.Drawing.Shape;
import io.pipewright.app.picture.Drawing.Stroke;
import io.pipewright.app.picture.Drawing.Text;
import io.pipewright.app.picture.Drawing.Trace;
import io.pipewright.spi.stage.OutputPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws a picture that has been laid out: title, arrows, cards, and a table of what the ports carry. */
final class PictureDrawer {

    private static final double MARGIN = 24;
    private static final double TITLE_SIZE = 17;
    private static final double TOP = 40;
    private static final double TABLE_GAP = 30;
    private static final double TABLE_SIZE = 10.5;
    private static final double TABLE_ROW = 15;
    private static final double TABLE_LEAST_WIDTH = 720;

    /** The share of the table's width that names of ports get. */
    private static final double TABLE_PORTS = 0.36;

    private static final String INK = "#1f2937";
    private static final String QUIET_INK = "#6b7280";
    private static final String RULE = "#e5e7eb";
    private static final String FLOW = "#475569";
    private static final String LOSS = "#b58a8a";
    private static final Stroke SOLID = new Stroke(FLOW, 1.5, false);
    private static final Stroke DOTTED = new Stroke(LOSS, 1.3, true);

    private final GraphPicture picture;
    private final Layout layout;
    private final List<Group> groups = new ArrayList<>();

    private PictureDrawer(GraphPicture picture) {
        this.picture = picture;
        this.layout = Layout.of(picture);
    }

    static Drawing draw(GraphPicture picture) {
        return new PictureDrawer(picture).draw();
    }

    private Drawing draw() {
        double width = Math.max(layout.width(), TABLE_LEAST_WIDTH) + 2 * MARGIN;
        title();
        lines(true, DOTTED);
        lines(false, SOLID);
        layout.wires().forEach(this::arrow);
        layout.labels().forEach(this::label);
        layout.places().forEach(this::card);
        double height = table(MARGIN + TOP + layout.height() + TABLE_GAP, width - 2 * MARGIN);
        return new Drawing(picture.title(), Math.ceil(width), Math.ceil(height + MARGIN), groups);
    }

    private void title() {
        double base = MARGIN + TITLE_SIZE - 3;
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Text(MARGIN, base, picture.title(), TITLE_SIZE, true, INK));
        double x = MARGIN + TextWidth.of(picture.title(), TITLE_SIZE, true) + 30;
        x = legend("records", SOLID, x, base, shapes);
        legend("what could not be processed, or came late", DOTTED, x, base, shapes);
        groups.add(new Group("", shapes));
    }

    private static double legend(String text, Stroke stroke, double x, double base, List<Shape> shapes) {
        double end = x + 28;
        shapes.add(new Line(List.of(new Point(x, base - 4), new Point(end, base - 4)), stroke));
        shapes.add(new Text(end + 8, base, text, TABLE_SIZE, false, QUIET_INK));
        return end + 8 + TextWidth.of(text, TABLE_SIZE, false) + 24;
    }

    private static Point moved(Point point) {
        return new Point(point.x() + MARGIN, point.y() + MARGIN + TOP);
    }

    /** Arrows that share a part of their way are one line there, so that its dots stay dots. */
    private void lines(boolean loss, Stroke stroke) {
        List<Shape> lines = new ArrayList<>();
        Stretch.merged(layout.wires().stream()
                        .filter(wire -> wire.arrow().port().loss() == loss)
                        .map(Layout.Wire::points)
                        .toList())
                .forEach(stretch -> lines.add(new Line(List.of(moved(stretch.from()), moved(stretch.to())), stroke)));
        groups.add(new Group("", lines));
    }

    private void arrow(Layout.Wire wire) {
        GraphPicture.Arrow arrow = wire.arrow();
        String color = arrow.port().loss() ? LOSS : FLOW;
        List<Point> points = wire.points().stream().map(PictureDrawer::moved).toList();
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Trace(points));
        wire.junctions().forEach(junction -> shapes.add(new Dot(moved(junction), 2.2, color)));
        shapes.add(new Head(points.get(points.size() - 1), color));
        groups.add(new Group(
                arrow.port().reference(arrow.from()) + " to " + arrow.to()
                        + (arrow.input().isEmpty() ? "" : " as " + arrow.input()) + "\n"
                        + String.join("\n", arrow.port().fields()),
                shapes));
    }

    private void label(Layout.Label label) {
        Point place = moved(new Point(label.x(), label.y()));
        groups.add(new Group(
                "",
                List.of(new Text(
                        place.x(), place.y(), label.text(), Layout.LABEL_SIZE, false, label.loss() ? LOSS : FLOW))));
    }

    private void card(Layout.Place place) {
        Card card = place.card();
        Palette palette = Palette.of(card.box(), picture);
        Point corner = moved(new Point(place.x(), place.y()));
        double x = corner.x();
        double y = corner.y();
        Stroke border = new Stroke(palette.border(), 1.2, false);
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Box(x, y, card.width(), card.height(), 6, palette.fill(), border));
        double base = y + Card.HEADER / 2 + (card.rows().isEmpty() ? 2 : 0) + Card.ID_SIZE * 0.36;
        shapes.add(new Text(x + Card.PAD, base, card.box().id(), Card.ID_SIZE, true, INK));
        double type = TextWidth.of(card.box().type(), Card.TYPE_SIZE, false);
        shapes.add(new Text(
                x + card.width() - Card.PAD - type, base, card.box().type(), Card.TYPE_SIZE, false, palette.ink()));
        if (!card.rows().isEmpty()) {
            double rule = y + Card.HEADER;
            shapes.add(new Line(List.of(new Point(x, rule), new Point(x + card.width(), rule)), border));
        }
        double row = y + Card.HEADER + 5 + Card.ROW;
        for (Card.Row line : card.rows()) {
            shapes.add(new Text(x + Card.PAD, row - 3, line.label(), Card.ROW_SIZE, false, QUIET_INK));
            shapes.add(new Text(x + Card.PAD + card.labelWidth(), row - 3, line.value(), Card.ROW_SIZE, false, INK));
            row += Card.ROW;
        }
        groups.add(new Group(hover(card.box()), shapes));
    }

    private static String hover(GraphPicture.Box box) {
        return box.ports().stream()
                .map(port -> port.reference(box.id()) + ": " + String.join(", ", port.fields()))
                .collect(Collectors.joining("\n"));
    }

    /** Ports with the same fields share a row. Gives where the table ends. */
    private double table(double top, double width) {
        Map<List<String>, Set<String>> ports = new LinkedHashMap<>();
        for (GraphPicture.Box box : picture.boxes()) {
            for (GraphPicture.Port port : box.ports()) {
                boolean errors = port.name().equals(OutputPort.ERRORS);
                ports.computeIfAbsent(port.fields(), fields -> new LinkedHashSet<>())
                        .add(errors ? "all errors" : port.reference(box.id()));
            }
        }
        double fields = Math.round(width * TABLE_PORTS);
        List<Shape> shapes = new ArrayList<>();
        double y = top;
        for (Map.Entry<List<String>, Set<String>> row : ports.entrySet()) {
            shapes.add(
                    new Line(List.of(new Point(MARGIN, y), new Point(MARGIN + width, y)), new Stroke(RULE, 1, false)));
            List<String> left = TextWidth.wrapped(String.join(", ", row.getValue()), TABLE_SIZE, fields - 20);
            List<String> right = TextWidth.wrapped(String.join(",  ", row.getKey()), TABLE_SIZE, width - fields);
            column(left, MARGIN, y, INK, shapes);
            column(right, MARGIN + fields, y, QUIET_INK, shapes);
            y += Math.max(left.size(), right.size()) * TABLE_ROW + 8;
        }
        groups.add(new Group("", shapes));
        return y;
    }

    private static void column(List<String> lines, double x, double top, String color, List<Shape> shapes) {
        for (int i = 0; i < lines.size(); i++) {
            shapes.add(new Text(x, top + 1 + (i + 1) * TABLE_ROW, lines.get(i), TABLE_SIZE, false, color));
        }
    }
}
