package io.pipewright.app.picture;

import java.util.List;

/**
 * A picture as shapes, which {@link SvgDrawing} writes and {@link PngDrawing} paints. Lengths are pixels of a screen, y
 * grows downwards, and later groups lie over earlier ones.
 */
record Drawing(String title, double width, double height, List<Group> groups) {

    Drawing {
        groups = List.copyOf(groups);
    }

    /** Shapes that belong together; {@code hover} is shown where the pointer is over one of them, unless empty. */
    record Group(String hover, List<Shape> shapes) {

        Group {
            shapes = List.copyOf(shapes);
        }
    }

    record Point(double x, double y) {}

    /** How a line looks; {@code dotted} is for what carries losses. */
    record Stroke(String color, double width, boolean dotted) {}

    /** Something to draw. Colors are {@code #rrggbb}. */
    sealed interface Shape permits Box, Line, Trace, Head, Dot, Text {}

    /** A rectangle with round corners. */
    record Box(double x, double y, double width, double height, double radius, String fill, Stroke stroke)
            implements Shape {}

    record Line(List<Point> points, Stroke stroke) implements Shape {

        Line {
            points = List.copyOf(points);
        }
    }

    /** Where a line can be pointed at that is drawn elsewhere; it is not seen itself. */
    record Trace(List<Point> points) implements Shape {

        Trace {
            points = List.copyOf(points);
        }
    }

    /** An arrow's head, which points to the right and ends at {@code tip}. */
    record Head(Point tip, String color) implements Shape {

        static final double LENGTH = 7;
        static final double HALF = 3.5;
    }

    /** Where lines join. */
    record Dot(Point center, double radius, String color) implements Shape {}

    /** A line of text, whose left end is at {@code x} and whose base is at {@code y}. */
    record Text(double x, double y, String text, double size, boolean bold, String color) implements Shape {}
}
