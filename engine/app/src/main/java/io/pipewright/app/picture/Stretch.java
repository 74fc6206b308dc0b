package io.pipewright.app.picture;

import io.pipewright.app.picture.Drawing.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A straight piece of one line or more, level or upright, from its left or upper end. */
record Stretch(Point from, Point to) {

    /** The pieces of all lines; what lies on one another is one piece. Slanted pieces stay as they are. */
    static List<Stretch> merged(List<List<Point>> lines) {
        Map<String, List<Stretch>> rails = new TreeMap<>();
        for (List<Point> line : lines) {
            for (int i = 1; i < line.size(); i++) {
                Stretch stretch = between(line.get(i - 1), line.get(i));
                rails.computeIfAbsent(stretch.rail(), rail -> new ArrayList<>()).add(stretch);
            }
        }
        List<Stretch> merged = new ArrayList<>();
        rails.values().forEach(rail -> merge(rail, merged));
        return merged;
    }

    private static Stretch between(Point one, Point other) {
        boolean ordered = one.x() + one.y() <= other.x() + other.y();
        return ordered ? new Stretch(one, other) : new Stretch(other, one);
    }

    /** What two stretches have in common that may lie on one another. */
    private String rail() {
        if (rounded(from.y()) == rounded(to.y())) {
            return "level " + rounded(from.y());
        }
        return rounded(from.x()) == rounded(to.x()) ? "upright " + rounded(from.x()) : "slanted " + from + to;
    }

    private static long rounded(double length) {
        return Math.round(length * 100);
    }

    private static void merge(List<Stretch> rail, List<Stretch> merged) {
        rail.sort(Comparator.comparingDouble(Stretch::start));
        Stretch open = rail.get(0);
        for (Stretch next : rail) {
            if (next.start() > open.end()) {
                merged.add(open);
                open = next;
            } else if (next.end() > open.end()) {
                open = new Stretch(open.from, next.to);
            }
        }
        merged.add(open);
    }

    /** Where it starts on its rail. Either coordinate is the same at both ends, so their sum orders as the other does. */
    private double start() {
        return from.x() + from.y();
    }

    private double end() {
        return to.x() + to.y();
    }
}
