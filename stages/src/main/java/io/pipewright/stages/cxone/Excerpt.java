package io.pipewright.stages.cxone;

import java.util.List;
import java.util.regex.Pattern;

/** Makes what a server said fit for a message: short, on one line, and without anything that may be a secret. */
final class Excerpt {

    private static final int MAX_CHARS = 120;

    private static final String DOTS = "••••";

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{L}\\p{N}\\p{P}\\p{S} ]+");

    private static final Pattern SPACES = Pattern.compile(" {2,}");

    /** Tokens, keys and hashes: no word of prose is that long, and paths are cut by their slashes. */
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_.~+=-]{32,}");

    private Excerpt() {}

    /** The start of the text with the given values, and all that looks like a token, replaced by dots; empty for a blank text. */
    static String of(String text, List<String> secrets) {
        String line = text;
        for (String secret : secrets) {
            line = secret.isEmpty() ? line : line.replace(secret, DOTS);
        }
        line = OPAQUE.matcher(line).replaceAll(DOTS);
        line = UNPRINTABLE.matcher(line).replaceAll(" ");
        line = SPACES.matcher(line).replaceAll(" ").strip();
        if (line.length() <= MAX_CHARS) {
            return line;
        }
        // A pair of surrogates is not cut in two.
        int end = Character.isHighSurrogate(line.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
        return line.substring(0, end) + "…";
    }

    /** The excerpt as the end of a sentence: {@code : "…"}, or nothing. */
    static String quoted(String text, List<String> secrets) {
        String excerpt = of(text, secrets);
        return excerpt.isEmpty() ? "" : ": \"" + excerpt + "\"";
    }
}
