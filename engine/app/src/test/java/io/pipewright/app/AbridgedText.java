package io.pipewright.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A file written in short: {@code ‹60 × (›} stands for 60 times {@code (}, with {@code №} for the number of the time;
 * {@code ‹U+0000›} for a character that no editor shows; and {@code ‹byte E9›} for a byte that alone is no text.
 */
final class AbridgedText {

    private static final Pattern PART =
            Pattern.compile("‹(?:(\\d+) × ([^›]*)|U\\+(\\p{XDigit}{4})|byte (\\p{XDigit}{2}))›");

    private AbridgedText() {}

    /** The whole file. */
    static byte[] bytes(String abridged) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Matcher part = PART.matcher(abridged);
        int from = 0;
        while (part.find()) {
            whole.writeBytes(abridged.substring(from, part.start()).getBytes(StandardCharsets.UTF_8));
            if (part.group(4) != null) {
                whole.write(Integer.parseInt(part.group(4), 16));
            } else {
                String repeated = Objects.requireNonNullElse(part.group(2), "");
                String text = part.group(3) != null
                        ? Character.toString(Integer.parseInt(part.group(3), 16))
                        : IntStream.rangeClosed(1, Integer.parseInt(part.group(1)))
                                .mapToObj(n -> repeated.replace("№", String.valueOf(n)))
                                .collect(Collectors.joining());
                whole.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
            from = part.end();
        }
        whole.writeBytes(abridged.substring(from).getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }
}
