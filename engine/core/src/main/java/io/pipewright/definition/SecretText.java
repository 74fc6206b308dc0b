package io.pipewright.definition;

import io.pipewright.yaml.ScalarNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in the file for a secret, and how much of it may be shown. */
public record SecretText(String text) {

    /** Stands for what is not shown; its length says nothing. */
    public static final String DOTS = "••••";

    private static final Pattern MOUNTED = Pattern.compile("\\$\\{secret:([^}]*)}");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:secret|file|env):([^}]*)}");

    public static SecretText of(ScalarNode scalar) {
        return new SecretText(scalar.text());
    }

    /** The name in {@code ${secret:name}}, if that is the whole text. */
    Optional<String> mountedName() {
        Matcher matcher = MOUNTED.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether any of the value itself is in the file: as a text, a default, or a variable. */
    public boolean isLiteral() {
        return !text.isEmpty() && !hasOnlyReferences();
    }

    /** References without a default, or with an empty one. */
    private boolean hasOnlyReferences() {
        Matcher reference = REFERENCE.matcher(text);
        int end = 0;
        while (reference.find(end) && reference.start() == end) {
            int fallback =
                    reference.group().startsWith("${env:") ? reference.group(1).indexOf(":-") : -1;
            if (fallback >= 0 && fallback < reference.group(1).length() - 2) {
                return false;
            }
            end = reference.end();
        }
        return end == text.length();
    }

    /** References, which say only where the value is, or dots. */
    String shown() {
        return isLiteral() ? DOTS : text;
    }
}
