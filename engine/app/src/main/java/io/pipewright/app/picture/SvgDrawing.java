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
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a picture as SVG. The fields of the records show where the pointer is over an arrow or an entry. */
final class SvgDrawing {

    private SvgDrawing() {}

    static String of(GraphPicture picture) {
        return of(PictureDrawer.draw(picture));
    }

    static String of(Drawing drawing) {
        String size = number(drawing.width()) + " " + number(drawing.height());
        StringBuilder text = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size
                + "\" width=\"" + number(drawing.width()) + "\" height=\"" + number(drawing.height())
                + "\" font-family=\"Verdana, 'DejaVu Sans', sans-serif\">\n");
        text.append("<title>" + escaped(drawing.title()) + "</title>\n");
        text.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (Group group : drawing.groups()) {
            text.append("<g>\n");
            if (!group.hover().isEmpty()) {
                text.append("<title>" + escaped(group.hover()) + "</title>\n");
            }
            for (Shape shape : group.shapes()) {
                text.append(element(shape)).append('\n');
            }
            text.append("</g>\n");
        }
        return text.append("</svg>\n").toString();
    }

    private static String element(Shape shape) {
        if (shape instanceof Box box) {
            return "<rect" + attribute("x", box.x()) + attribute("y", box.y()) + attribute("width", box.width())
                    + attribute("height", box.height()) + attribute("rx", box.radius()) + " fill=\"" + box.fill() + "\""
                    + stroke(box.stroke()) + "/>";
        } else if (shape instanceof Line line) {
            return polyline(line.points()) + stroke(line.stroke()) + "/>";
        } else if (shape instanceof Trace trace) {
            return polyline(trace.points()) + " stroke=\"#ffffff\" stroke-opacity=\"0\" stroke-width=\"10\"/>";
        } else if (shape instanceof Head head) {
            return "<path d=\"" + head(head) + "\" fill=\"" + head.color() + "\"/>";
        } else if (shape instanceof Dot dot) {
            return "<circle" + attribute("cx", dot.center().x())
                    + attribute("cy", dot.center().y()) + attribute("r", dot.radius()) + " fill=\"" + dot.color()
                    + "\"/>";
        }
        Text label = (Text) shape;
        return "<text" + attribute("x", label.x()) + attribute("y", label.y()) + attribute("font-size", label.size())
                + (label.bold() ? " font-weight=\"bold\"" : "") + " fill=\"" + label.color() + "\">"
                + escaped(label.text()) + "</text>";
    }

    private static String polyline(List<Point> points) {
        return "<polyline points=\""
                + points.stream()
                        .map(point -> number(point.x()) + "," + number(point.y()))
                        .collect(Collectors.joining(" "))
                + "\" fill=\"none\"";
    }

    private static String head(Head head) {
        Point tip = head.tip();
        String back = number(tip.x() - Head.LENGTH);
        return "M" + number(tip.x()) + "," + number(tip.y()) + " L" + back + "," + number(tip.y() - Head.HALF) + " L"
                + back + "," + number(tip.y() + Head.HALF) + " z";
    }

    private static String stroke(Stroke stroke) {
        return " stroke=\"" + stroke.color() + "\"" + attribute("stroke-width", stroke.width())
                + (stroke.dotted() ? " stroke-dasharray=\"1.5 3.5\" stroke-linecap=\"round\"" : "");
    }

    private static String attribute(String name, double value) {
        return " " + name + "=\"" + number(value) + "\"";
    }

    /** At most two decimals, none where there are none. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    }

    /** As the content of an element. What XML cannot hold at all becomes a question mark. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : '\uFFFD');
            }
        });
        return escaped.toString();
    }

    /** By XML 1.0, production 2. */
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xD800)
                || (c >= 0xE000 && c < 0xFFFE)
                || (c >= 0x10000 && c <= 0x10FFFF);
    }
}
