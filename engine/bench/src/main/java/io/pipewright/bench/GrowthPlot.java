package io.pipewright.bench;

import io.pipewright.bench.GrowthCase.Line;
import java.util.List;
import java.util.Locale;

/** A bar for each case: the median of its CPU seconds per million events, with a line from the least to the greatest. */
final class GrowthPlot {

    private static final int WIDTH = 760;
    private static final int LEFT = 190;
    private static final int RIGHT = 60;
    private static final int ROW = 30;
    private static final int TOP = 44;

    private GrowthPlot() {}

    static String of(List<Line> lines) {
        double most = lines.stream()
                .mapToDouble(line -> line.cpuSecondsPerMillion().max())
                .max()
                .orElse(1);
        double scale = (WIDTH - LEFT - RIGHT) / most;
        StringBuilder svg = new StringBuilder(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"16\" y=\"24\" font-weight=\"bold\">CPU seconds per million events</text>%n",
                WIDTH, TOP + ROW * lines.size() + 12));
        for (int i = 0; i < lines.size(); i++) {
            bar(svg, lines.get(i), TOP + i * ROW, scale);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, Line line, int y, double scale) {
        Statistics.Spread cpu = line.cpuSecondsPerMillion();
        int middle = y + ROW / 2 - 2;
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                LEFT - 10, middle + 5, line.grown().label()));
        svg.append(text(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#7fa8d1\"/>%n",
                LEFT, y + 2, cpu.median() * scale, ROW - 8));
        svg.append(text(
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#24425f\"/>%n",
                LEFT + cpu.min() * scale, LEFT + cpu.max() * scale, middle, middle));
        svg.append(text(
                "<text x=\"%.1f\" y=\"%d\">%.2f</text>%n", LEFT + cpu.max() * scale + 8, middle + 5, cpu.median()));
    }

    private static String text(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace("\r", "");
    }
}
