package io.pipewright.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the valid name that an author most likely meant.
 *
 * <p>Names that differ in case alone come first. Otherwise the nearest by edits counts - an insertion, a deletion, a
 * replacement, a swap of neighbours (Damerau-Levenshtein, optimal string alignment) - if it is at most 2 edits away,
 * or 1 for names of under 3 letters. Of equally near names the first wins. A letter of another script among Latin ones
 * is no edit, and is told: it looks like the right one.
 */
public final class Suggest {
    private Suggest() {}

    public static Optional<String> nearest(String wrong, Collection<String> valid) {
        for (String name : valid) {
            if (name.equalsIgnoreCase(wrong)) {
                return Optional.of(name);
            }
        }
        boolean mixed = ForeignLetter.in(wrong).isPresent();
        int limit = wrong.length() < 3 ? 1 : 2;
        String best = null;
        for (String name : valid) {
            if (limit < 0 || Math.abs(name.length() - wrong.length()) > limit) {
                continue;
            }
            int distance = distance(wrong, name, mixed);
            if (distance <= limit && distance < name.length()) {
                best = name;
                limit = distance - 1;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The start of a hint, {@code did you mean `name`?}, if there is a near name. */
    public static Optional<String> didYouMean(String wrong, Collection<String> valid) {
        return nearest(wrong, valid).map(name -> {
            String foreign = ForeignLetter.in(wrong).orElse("");
            return "did you mean `" + name + "`?" + (foreign.isEmpty() ? "" : " " + foreign);
        });
    }

    /**
     * A whole hint: the near name if there is one, then all valid ones under a heading, in lower case where the hint
     * begins with it.
     *
     * @param heading what the names are, such as {@code Options}
     */
    public static String hint(String wrong, String heading, Collection<String> valid) {
        String all = valid.isEmpty() ? "" : heading + ": " + String.join(", ", valid) + ".";
        return didYouMean(wrong, valid)
                .map(question -> all.isEmpty() ? question : question + " " + all)
                .orElseGet(() -> all.isEmpty() ? all : all.substring(0, 1).toLowerCase(Locale.ROOT) + all.substring(1));
    }

    /** The same as a sentence, for texts in which it follows another. */
    public static String sentence(String wrong, String heading, Collection<String> valid) {
        String hint = hint(wrong, heading, valid);
        return hint.isEmpty() ? hint : hint.substring(0, 1).toUpperCase(Locale.ROOT) + hint.substring(1);
    }

    /** @param mixed whether {@code left} has letters of another script among Latin ones */
    private static int distance(String left, String right, boolean mixed) {
        int[] beforePrevious = new int[right.length() + 1];
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (alike(left.charAt(i - 1), right.charAt(j - 1), mixed) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (swapped) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] free = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = free;
        }
        return previous[right.length()];
    }

    /** Equal, or a letter of another script that may be one by its looks. */
    private static boolean alike(char wrong, char right, boolean mixed) {
        return wrong == right || (mixed && right < 0x80 && ForeignLetter.isForeign(wrong));
    }
}
