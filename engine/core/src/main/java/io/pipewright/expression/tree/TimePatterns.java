package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Moments and dates as texts of a pattern such as {@code dd/MMM/yyyy:HH:mm:ss Z}, in the letters of {@link
 * DateTimeFormatter} that cannot be mistaken: {@code Y}, the year of weeks, is none of them. Names of months and days are
 * English.
 */
final class TimePatterns {

    private static final String LETTERS = "yMdHhmsSaEXZV";
    private static final String MEANING =
            "write `yyyy` for the year, `MM` or `MMM` for the month, `dd` the day, `HH` the"
                    + " hour, `mm` the minute, `ss` the second, `SSS` milliseconds, `XXX` or `Z` the offset, and words between `'`.";
    private static final Instant SAMPLE = Instant.parse("2026-01-31T22:10:05.123456789Z");
    private static final int MAX_LENGTH = 100;

    private TimePatterns() {}

    static Builtin.One format(String pattern, ZoneId zone) {
        DateTimeFormatter formatter = formatter(pattern);
        return moment -> formatter.format(((Instant) moment).atZone(zone));
    }

    static Builtin.One formatDate(String pattern) {
        DateTimeFormatter formatter = formatter(pattern);
        return date -> {
            try {
                return formatter.format((LocalDate) date);
            } catch (DateTimeException e) {
                throw new EvaluationException(
                        "bad-literal", "`" + pattern + "` asks for a time, which a date has not; leave it out.");
            }
        };
    }

    /** @param zone of texts that name none */
    static Builtin.One parse(String pattern, ZoneId zone) {
        DateTimeFormatter formatter = formatter(pattern);
        return text -> {
            try {
                Instant moment = moment(formatter.parse((String) text), zone);
                if (Times.inRange(moment)) {
                    return moment;
                }
            } catch (DateTimeException e) {
                // told below, with the form that is wanted
            }
            throw Conversions.notA("moment written as `" + pattern + "`", (String) text);
        };
    }

    private static Instant moment(TemporalAccessor parsed, ZoneId zone) {
        LocalDate date = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId written = parsed.query(TemporalQueries.zone());
        return ZonedDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time, written == null ? zone : written)
                .toInstant();
    }

    /** Checks a pattern that texts are read by: they must say which day they mean. */
    static void checkParsing(String pattern) {
        DateTimeFormatter formatter = formatter(pattern);
        try {
            moment(formatter.parse(formatter.format(SAMPLE.atZone(Times.zone("Z")))), Times.zone("Z"));
        } catch (DateTimeException e) {
            throw new EvaluationException(
                    "bad-literal", "`" + pattern + "` does not say which day is meant; " + MEANING);
        }
    }

    /**
     * The library's formatter of a pattern. It is strict, so that 31 February is no date; then {@code y} would be the year
     * of an era, which no pattern names, and {@code u} takes its place.
     */
    static DateTimeFormatter formatter(String pattern) {
        StringBuilder written = new StringBuilder();
        boolean quoted = false;
        for (char sign : pattern.toCharArray()) {
            quoted ^= sign == '\'';
            if (!quoted && sign < 128 && Character.isLetter(sign) && LETTERS.indexOf(sign) < 0) {
                throw new EvaluationException(
                        "bad-literal", "`" + sign + "` has no meaning in a pattern of times; " + MEANING);
            }
            written.append(sign == 'y' && !quoted ? 'u' : sign);
        }
        try {
            if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(pattern);
            }
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(written.toString())
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new EvaluationException("bad-literal", "`" + pattern + "` is not a pattern of times; " + MEANING);
        }
    }
}
