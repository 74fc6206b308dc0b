package io.pipewright.definition;

import io.pipewright.spi.option.ByteSize;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.TimeDifference;
import io.pipewright.spi.option.Times;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The literals that YAML does not have: durations, rates and sizes. Each is written in one way. */
public final class Literals {

    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Pattern SPELT_OUT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]+)");
    private static final Map<String, Set<String>> WORDS = Map.of(
            "ms", Set.of("ms", "msec", "millis", "millisecond", "milliseconds"),
            "s", Set.of("s", "sec", "secs", "second", "seconds"),
            "m", Set.of("m", "min", "mins", "minute", "minutes"),
            "h", Set.of("h", "hr", "hrs", "hour", "hours"),
            "d", Set.of("d", "day", "days"));
    private static final Pattern RATE = Pattern.compile("(\\d+)/(s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d+)(B|KiB|MiB|GiB|TiB)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Integer> SIZE_POWERS = Map.of("B", 0, "KiB", 1, "MiB", 2, "GiB", 3, "TiB", 4);

    /** Some 2,700 years: with it added, event times are still numbers of 64 bits. */
    private static final Duration LONGEST = Duration.ofDays(1_000_000);

    private static final int MAX_DIGITS = 20;
    private static final int MAX_DECIMAL_LENGTH = 10_000;

    private Literals() {}

    /** A text that is no such literal. The message is a sentence; the hint shows how to write one. */
    public static final class LiteralException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String hint;

        LiteralException(String message, String hint) {
            super(message, null, false, false);
            this.hint = hint;
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }

        public String hint() {
            return hint;
        }
    }

    /** {@code 500ms 10s 5m 1h30m 7d}: units from large to small, each once. */
    public static Duration duration(String text) throws LiteralException {
        Matcher part = DURATION.matcher(text);
        Duration sum = Duration.ZERO;
        Duration smaller = null;
        int end = 0;
        while (part.find() && part.start() == end) {
            Duration unit = unit(part.group(2));
            if (smaller != null && unit.compareTo(smaller) >= 0) {
                throw notADuration(text);
            }
            sum = sum.plus(times(unit, part.group(1), text));
            smaller = unit;
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw notADuration(text);
        }
        return sum;
    }

    /** A duration, or one with a minus: {@code 20s -5s}. */
    static TimeDifference difference(String text) throws LiteralException {
        if (!text.matches("-?\\d.*")) {
            throw new LiteralException(
                    "`" + text + "` is not a duration.",
                    "write a number with its unit, and a minus in front for what is earlier: `20s`, `-5s`.");
        }
        return text.startsWith("-")
                ? new TimeDifference(duration(text.substring(1)).negated())
                : new TimeDifference(duration(text));
    }

    private static Duration unit(String name) {
        Duration unit = UNITS.get(name);
        if (unit == null) {
            throw new IllegalStateException(name);
        }
        return unit;
    }

    private static Duration times(Duration unit, String count, String text) throws LiteralException {
        Duration duration = count.length() > 12 ? Duration.ZERO : unit.multipliedBy(Long.parseLong(count));
        if (count.length() > 12 || duration.compareTo(LONGEST) > 0) {
            throw new LiteralException(
                    "`" + text + "` is too long for a duration.", "the longest is `" + LONGEST.toDays() + "d`.");
        }
        return duration;
    }

    private static LiteralException notADuration(String text) {
        if (text.matches("-\\d.*")) {
            return new LiteralException("`" + text + "` is negative.", "write how long, without the minus.");
        }
        return new LiteralException(
                "`" + text + "` is not a duration.",
                meant(text)
                        .map(duration -> "write `" + duration + "`.")
                        .orElse(
                                "write a number with its unit, larger units first: `500ms`, `10s`, `5m`, `1h30m`, `7d`."));
    }

    /** The duration that another spelling means: {@code 1 minute}, {@code 2 Hours} or {@code PT1M}. */
    private static Optional<String> meant(String text) {
        Matcher words = SPELT_OUT.matcher(text);
        if (words.matches()) {
            String word = words.group(2).toLowerCase(Locale.ROOT);
            return WORDS.entrySet().stream()
                    .filter(unit -> unit.getValue().contains(word))
                    .map(unit -> words.group(1) + unit.getKey())
                    .findFirst();
        }
        try {
            return Optional.of(Duration.parse(text))
                    .filter(duration -> !duration.isNegative() && duration.compareTo(LONGEST) <= 0)
                    .filter(duration -> duration.equals(Duration.ofMillis(duration.toMillis())))
                    .map(Literals::text);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** {@code 3}, {@code 2..4}, {@code 1..}. */
    public static Times times(String text) throws LiteralException {
        return Times.parse(text)
                .orElseThrow(() -> text.matches("\\d{1,9}\\.\\.\\d{1,9}")
                        ? new LiteralException(
                                "`" + text + "` goes from more to less.", "write the smaller number first: `2..4`.")
                        : new LiteralException(
                                "`" + text + "` is not a number of times.",
                                "write how often: `3`, between two numbers `2..4`, or at least `1..`."));
    }

    /** {@code 500/s 10000/m}. */
    public static Rate rate(String text) throws LiteralException {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches() || matcher.group(1).length() > 15 || Long.parseLong(matcher.group(1)) == 0) {
            throw new LiteralException(
                    "`" + text + "` is not a rate.", "write how many per second, minute or hour: `500/s`, `10000/m`.");
        }
        return new Rate(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
    }

    /** {@code 64MiB}. */
    public static ByteSize size(String text) throws LiteralException {
        Matcher matcher = SIZE.matcher(text);
        if (matcher.matches() && matcher.group(1).length() <= MAX_DIGITS) {
            Integer power = SIZE_POWERS.get(matcher.group(2));
            BigInteger bytes = new BigInteger(matcher.group(1)).shiftLeft(10 * (power == null ? 0 : power));
            if (bytes.bitLength() < 63) {
                return new ByteSize(bytes.longValue());
            }
        }
        throw new LiteralException(
                "`" + text + "` is not a size.", "write a number with its unit: `512B`, `64KiB`, `64MiB`, `2GiB`.");
    }

    /** A number of at most 10,000 digits, those included that an exponent stands for. */
    public static BigDecimal decimal(String text) throws LiteralException {
        if (text.length() <= MAX_DECIMAL_LENGTH) {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) + value.precision() <= MAX_DECIMAL_LENGTH) {
                return value;
            }
        }
        throw new LiteralException(
                "`" + text + "` is too long for a decimal.",
                "decimals have at most " + MAX_DECIMAL_LENGTH + " digits.");
    }

    /** A duration as an author writes it: {@code PT1H30M} is {@code 1h30m}. */
    public static String text(Duration duration) {
        StringBuilder text = new StringBuilder();
        long millis = duration.toMillis();
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            long size = unit(unit).toMillis();
            if (millis / size > 0) {
                text.append(millis / size).append(unit);
                millis %= size;
            }
        }
        return text.isEmpty() ? "0s" : text.toString().toLowerCase(Locale.ROOT);
    }
}
