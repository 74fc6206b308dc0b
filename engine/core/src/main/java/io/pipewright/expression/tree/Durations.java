package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spelling of durations: numbers with the units {@code d h m s ms us ns}, such as {@code 1h30m} or {@code 500ms}. */
public final class Durations {

    private static final Pattern WHOLE = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)(d|h|ms|m|s|us|ns)(.*)");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(d|h|ms|m|s|us|ns)");
    private static final int MAX_LENGTH = 100;

    private Durations() {}

    /** @throws EvaluationException {@code bad-literal} if the text is no duration */
    public static Duration parse(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
            throw bad(text);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            if (!part.find(end) || part.start() != end) {
                throw bad(text);
            }
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosOf(part.group(2)))));
            end = part.end();
        }
        try {
            BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
            Duration duration = Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValue());
            return Times.inRange(text.startsWith("-") ? duration.negated() : duration);
        } catch (ArithmeticException | DateTimeException e) {
            throw bad(text);
        }
    }

    private static EvaluationException bad(String text) {
        return new EvaluationException(
                "bad-literal", "`" + text + "` is not a duration; write it as `500ms`, `10s` or `1h30m`.");
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "d" -> 86_400_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "us" -> 1_000L;
            default -> 1L;
        };
    }

    /** The duration in seconds, as CEL writes it: {@code 90s}, {@code 0.5s}. */
    static String text(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros();
        return seconds.toPlainString() + "s";
    }
}
