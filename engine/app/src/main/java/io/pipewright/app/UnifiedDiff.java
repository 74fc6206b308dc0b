package io.pipewright.app;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** Two versions of a text as {@code patch} reads them. */
final class UnifiedDiff {

    private static final int LINES_AROUND = 3;

    private UnifiedDiff() {}

    /** Empty if the texts are equal. */
    static String of(String file, String before, String after) {
        List<String> lines = lines(before);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + file, "b/" + file, lines, DiffUtils.diff(lines, lines(after)), LINES_AROUND);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    /** The lines, each as it ends but for the line feed; one without a line feed says so. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int last = lines.size() - 1;
        if (lines.get(last).isEmpty()) {
            lines.remove(last);
        } else {
            lines.set(last, lines.get(last) + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
