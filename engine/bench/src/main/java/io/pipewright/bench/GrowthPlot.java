package io.pipewright.bench;

import io.pipewright.bench.GrowthCase.Line;
import io.pipewright.bench.Statistics.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Three bars for each case, its events a second, its CPU seconds per million events and, where it has keys, the bytes of
 * state for each: medians, with a line from the least to the greatest. There is a gap where another thing begins to grow.
 * Without a background, and with colours of their own for readers whose background is dark.
 */
final class GrowthPlot {

    private static final int WIDTH = 980;
    private static final int LABELS = 190;
    private static final int PANEL = (WIDTH - LABELS) / 3;
    private static final int BAR = PANEL - 75;
    private static final int ROW = 26;
    private static final int GAP = 14;
    private static final int TOP = 40;

    private static final String HEAD =
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
            <style>
            text { fill: #1f2328 } line { stroke: #1f2328 } .speed { fill: #7fa8d1 } .cpu { fill: #d9a066 } .state { fill: #8fb98a }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 } line { stroke: #e6edf3 } .speed { fill: #3f6f9f } .cpu { fill: #9a6526 } .state { fill: #4a7a45 }
            }
            </style>
            """;

    private final GrowthReport report;
    private final List<Panel> panels;
    private final StringBuilder svg = new StringBuilder();

    private GrowthPlot(GrowthReport report) {
        this.report = report;
        this.panels = List.of(
                panel("speed", "Events per second", LABELS, "%,.0f", Line::eventsPerSecond),
                panel("cpu", "CPU-s per million events", LABELS + PANEL, "%.2f", Line::cpuSecondsPerMillion),
                panel("state", "State: bytes per key", LABELS + 2 * PANEL, "%,.0f", Line::stateBytesPerKey));
    }

    /**
     * One of the things that are drawn of each case.
     *
     * @param scale pixels for one of its unit
     */
    private record Panel(
            String style, String title, int left, String number, Function<Line, Spread> value, double scale) {}

    private Panel panel(String style, String title, int left, String number, Function<Line, Spread> value) {
        double most = report.lines().stream()
                .mapToDouble(line -> value.apply(line).max())
                .max()
                .orElse(1);
        return new Panel(style, title, left, number, value, BAR / most);
    }

    static String of(GrowthReport report) {
        return new GrowthPlot(report).draw();
    }

    private String draw() {
        for (Panel panel : panels) {
            add("<text x=\"%d\" y=\"24\" font-weight=\"bold\">%s</text>\n", panel.left(), panel.title());
        }
        int y = TOP;
        for (Line line : report.lines()) {
            y += y > TOP && line.equals(report.first(line)) ? GAP : 0;
            add(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
                    LABELS - 10, y + 15, line.grown().label());
            for (Panel panel : panels) {
                Spread spread = panel.value().apply(line);
                if (spread.max() > 0) {
                    bar(panel, spread, y);
                }
            }
            y += ROW;
        }
        return text(HEAD, WIDTH, y + GAP) + svg + "</svg>\n";
    }

    private void bar(Panel panel, Spread spread, int y) {
        add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                panel.style(), panel.left(), y, spread.median() * panel.scale(), ROW - 6);
        double end = panel.left() + spread.max() * panel.scale();
        add(
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%3$d\"/>\n",
                panel.left() + spread.min() * panel.scale(), end, y + (ROW - 6) / 2);
        add("<text x=\"%.1f\" y=\"%d\">" + panel.number() + "</text>\n", end + 6, y + 15, spread.median());
    }

    private void add(String pattern, Object... values) {
        svg.append(text(pattern, values));
    }

    private static String text(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
