package io.pipewright.app.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide a text is, by a table instead of the fonts of the machine, so that a picture is the same everywhere. The
 * table has the widths of DejaVu Sans; Verdana has the same, and most other fonts are narrower.
 */
final class TextWidth {

    private static final int FIRST = ' ';

    /** Widths of the printable characters of ASCII, in thousandths of the font's size. */
    private static final int[] PLAIN = {
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636,
        636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656,
        557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613,
        635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818,
        592, 592, 525, 636, 337, 636, 838
    };

    private static final int[] BOLD = {
        348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696,
        696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775,
        637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675,
        716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924,
        645, 652, 582, 712, 365, 712, 838
    };

    /** What a character beyond ASCII may take: Latin ones less, Chinese ones just this. */
    private static final int OTHER = 1000;

    private TextWidth() {}

    static double of(String text, double size, boolean bold) {
        int[] widths = bold ? BOLD : PLAIN;
        return text.codePoints()
                        .map(c -> c >= FIRST && c - FIRST < widths.length ? widths[c - FIRST] : OTHER)
                        .sum()
                * size
                / 1000;
    }

    /** Lines no wider than {@code width}, broken at spaces, and in a word that is wider on its own, after a dot or its like. */
    static List<String> wrapped(String text, double size, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (of(longer, size, false) <= width) {
                line.setLength(0);
                line.append(longer);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(broken(word, size, width, lines));
        }
        lines.add(line.toString());
        return lines;
    }

    /** Adds lines of a word as long as it is too wide, and gives the rest. */
    private static String broken(String word, double size, double width, List<String> lines) {
        String rest = word;
        while (of(rest, size, false) > width) {
            int end = rest.offsetByCodePoints(0, 1);
            int good = end;
            while (of(rest.substring(0, rest.offsetByCodePoints(end, 1)), size, false) <= width) {
                end = rest.offsetByCodePoints(end, 1);
                good = "._-/:,".indexOf(rest.charAt(end - 1)) >= 0 ? end : good;
            }
            int cut = good > end / 3 ? good : end;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        return rest;
    }
}
