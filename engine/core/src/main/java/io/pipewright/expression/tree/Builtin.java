package io.pipewright.expression.tree;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the language that need the values of all their arguments, each with the signatures it answers to.
 *
 * <p>A signature is the stable name of one overload, as the checker reports it; the first group of each is CEL's own
 * name for it. It is long because it is one table.
 */
public enum Builtin {
    ADD_TEXTS((a, b) -> (String) a + b, "add_string"),
    ADD_BYTES((a, b) -> Texts.concat((byte[]) a, (byte[]) b), "add_bytes"),
    ADD_LISTS((a, b) -> Lists.concat((List<?>) a, (List<?>) b), "add_list"),
    ADD_DURATION((a, b) -> Times.plus((Instant) a, (Duration) b), "add_timestamp_duration"),
    ADD_TO_DURATION((a, b) -> Times.plus((Instant) b, (Duration) a), "add_duration_timestamp"),
    ADD_DURATIONS((a, b) -> Times.plus((Duration) a, (Duration) b), "add_duration_duration"),
    SUBTRACT_TIMESTAMPS((a, b) -> Times.between((Instant) b, (Instant) a), "subtract_timestamp_timestamp"),
    SUBTRACT_DURATION((a, b) -> Times.minus((Instant) a, (Duration) b), "subtract_timestamp_duration"),
    SUBTRACT_DURATIONS((a, b) -> Times.minus((Duration) a, (Duration) b), "subtract_duration_duration"),
    NEGATE_LONG(a -> Numbers.negate((Long) a), "negate_int64"),
    NEGATE_DOUBLE(a -> -(Double) a, "negate_double"),

    ADD_DECIMALS((a, b) -> ((BigDecimal) a).add((BigDecimal) b), "add_decimal"),
    SUBTRACT_DECIMALS((a, b) -> ((BigDecimal) a).subtract((BigDecimal) b), "subtract_decimal"),
    MULTIPLY_DECIMALS((a, b) -> ((BigDecimal) a).multiply((BigDecimal) b), "multiply_decimal"),
    DIVIDE_DECIMALS((a, b) -> Numbers.divide((BigDecimal) a, (BigDecimal) b), "divide_decimal"),
    REMAINDER_OF_DECIMALS((a, b) -> Numbers.remainder((BigDecimal) a, (BigDecimal) b), "modulo_decimal"),
    NEGATE_DECIMAL(a -> ((BigDecimal) a).negate(), "negate_decimal"),

    GREATEST((a, b) -> Extremes.greatest(a, b), Extremes.signatures("greatest_two_")),
    LEAST((a, b) -> Extremes.least(a, b), Extremes.signatures("least_two_")),
    GREATEST_OF_LIST(a -> Extremes.greatest((List<?>) a), Extremes.signatures("greatest_list_")),
    LEAST_OF_LIST(a -> Extremes.least((List<?>) a), Extremes.signatures("least_list_")),
    ABS_OF_LONG(a -> Numbers.abs((Long) a), "math_abs_int"),
    ABS_OF_DOUBLE(a -> Math.abs((Double) a), "math_abs_double"),
    ABS_OF_DECIMAL(a -> ((BigDecimal) a).abs(), "math_abs_decimal"),
    ABS_OF_DURATION(a -> ((Duration) a).abs(), "math_abs_duration"),
    SIGN_OF_LONG(a -> (long) Long.signum((Long) a), "math_sign_int"),
    SIGN_OF_DOUBLE(a -> Math.signum((Double) a) + 0.0, "math_sign_double"),
    SIGN_OF_DECIMAL(a -> BigDecimal.valueOf(((BigDecimal) a).signum()), "math_sign_decimal"),
    CEIL_OF_DOUBLE(a -> Math.ceil((Double) a), "math_ceil_double"),
    CEIL_OF_DECIMAL(a -> Rounding.toWhole((BigDecimal) a, RoundingMode.CEILING), "math_ceil_decimal"),
    FLOOR_OF_DOUBLE(a -> Math.floor((Double) a), "math_floor_double"),
    FLOOR_OF_DECIMAL(a -> Rounding.toWhole((BigDecimal) a, RoundingMode.FLOOR), "math_floor_decimal"),
    TRUNC_OF_DOUBLE(a -> Rounding.truncate((Double) a), "math_trunc_double"),
    TRUNC_OF_DECIMAL(a -> Rounding.toWhole((BigDecimal) a, RoundingMode.DOWN), "math_trunc_decimal"),
    ROUND_DOUBLE(a -> Rounding.round((Double) a), "math_round_double"),
    ROUND_DECIMAL(a -> Rounding.toWhole((BigDecimal) a, RoundingMode.HALF_UP), "math_round_decimal"),
    ROUND_DOUBLE_TO((a, b) -> Rounding.round((Double) a, (Long) b), "math_round_double_int"),
    ROUND_DECIMAL_TO((a, b) -> Rounding.round((BigDecimal) a, (Long) b), "math_round_decimal_int"),
    SQUARE_ROOT(a -> Math.sqrt(((Number) a).doubleValue()), "math_sqrt_int", "math_sqrt_double"),
    IS_NAN(a -> Double.isNaN((Double) a), "math_isNaN_double"),
    IS_INFINITE(a -> Double.isInfinite((Double) a), "math_isInf_double"),
    IS_FINITE(a -> Double.isFinite((Double) a), "math_isFinite_double"),

    SIZE_OF_TEXT(a -> Texts.size((String) a), "size_string", "string_size"),
    SIZE_OF_BYTES(a -> (long) ((byte[]) a).length, "size_bytes", "bytes_size"),
    SIZE_OF_LIST(a -> (long) ((List<?>) a).size(), "size_list", "list_size"),
    SIZE_OF_MAP(a -> (long) ((Map<?, ?>) a).size(), "size_map", "map_size"),

    CONTAINS((a, b) -> ((String) a).contains((String) b), "contains_string"),
    STARTS_WITH((a, b) -> ((String) a).startsWith((String) b), "starts_with_string"),
    ENDS_WITH((a, b) -> ((String) a).endsWith((String) b), "ends_with_string"),
    MATCHES(Once.PREPARED, others -> Regexes.find((String) others[0]), "matches", "matches_string"),
    EXTRACT(Once.PREPARED, others -> Regexes.extract((String) others[0]), "regex_extract"),
    EXTRACT_ALL(Once.PREPARED, others -> Regexes.extractAll((String) others[0]), "regex_extract_all"),
    REPLACE_MATCHES(Once.PREPARED, others -> Regexes.replace((String) others[0], (String) others[1]), "regex_replace"),
    SHA256_OF_TEXT(a -> Texts.sha256(Texts.toBytes((String) a)), "sha256_string"),
    SHA256_OF_BYTES(a -> Texts.sha256((byte[]) a), "sha256_bytes"),
    LOWER(a -> ((String) a).toLowerCase(Locale.ROOT), "string_lower"),
    UPPER(a -> ((String) a).toUpperCase(Locale.ROOT), "string_upper"),
    CHAR_AT((a, b) -> Texts.charAt((String) a, (Long) b), "string_char_at_int"),
    INDEX_OF(Count.VARYING, args -> Texts.indexOf(args), "string_index_of_string", "string_index_of_string_int"),
    LAST_INDEX_OF(
            Count.VARYING,
            args -> Texts.lastIndexOf(args),
            "string_last_index_of_string",
            "string_last_index_of_string_int"),
    JOIN(Count.VARYING, args -> Texts.join(args), "list_join", "list_join_string"),
    LOWER_ASCII(a -> Texts.lowerAscii((String) a), "string_lower_ascii"),
    UPPER_ASCII(a -> Texts.upperAscii((String) a), "string_upper_ascii"),
    REPLACE(
            Count.VARYING,
            args -> Texts.replace(args),
            "string_replace_string_string",
            "string_replace_string_string_int"),
    REVERSE(a -> new StringBuilder((String) a).reverse().toString(), "string_reverse"),
    SPLIT(Count.VARYING, args -> Texts.split(args), "string_split_string", "string_split_string_int"),
    SUBSTRING(Count.VARYING, args -> Texts.substring(args), "string_substring_int", "string_substring_int_int"),
    TRIM(a -> Texts.trim((String) a), "string_trim"),

    SAME(
            a -> a,
            "int64_to_int64",
            "double_to_double",
            "string_to_string",
            "bool_to_bool",
            "bytes_to_bytes",
            "duration_to_duration",
            "timestamp_to_timestamp",
            "int_to_toint",
            "decimal_to_decimal"),
    DOUBLE_TO_LONG(a -> Conversions.toLong((Double) a), "double_to_int64", "double_to_toint"),
    TEXT_TO_LONG(a -> Conversions.toLong((String) a), "string_to_int64", "string_to_toint"),
    DECIMAL_TO_LONG(a -> Conversions.toLong((BigDecimal) a), "decimal_to_int64", "decimal_to_toint"),
    TIMESTAMP_TO_LONG(a -> ((Instant) a).getEpochSecond(), "timestamp_to_int64"),
    LONG_TO_DOUBLE(a -> (double) (Long) a, "int64_to_double"),
    TEXT_TO_DOUBLE(a -> Conversions.toDouble((String) a), "string_to_double"),
    DECIMAL_TO_DOUBLE(a -> ((BigDecimal) a).doubleValue(), "decimal_to_double"),
    TO_TEXT(
            a -> Conversions.toText(a),
            "int64_to_string",
            "double_to_string",
            "bool_to_string",
            "bytes_to_string",
            "timestamp_to_string",
            "duration_to_string",
            "decimal_to_string",
            "date_to_string"),
    TEXT_TO_BYTES(a -> Texts.toBytes((String) a), "string_to_bytes"),
    TEXT_TO_BOOLEAN(a -> Conversions.toBoolean((String) a), "string_to_bool"),
    TEXT_TO_DURATION(a -> Durations.parse((String) a), "string_to_duration"),
    TEXT_TO_TIMESTAMP(a -> Conversions.toTimestamp((String) a), "string_to_timestamp"),
    LONG_TO_TIMESTAMP(a -> Times.ofSeconds((Long) a), "int64_to_timestamp"),
    LONG_TO_DECIMAL(a -> BigDecimal.valueOf((Long) a), "int_to_decimal"),
    DOUBLE_TO_DECIMAL(a -> Conversions.toDecimal((Double) a), "double_to_decimal"),
    TEXT_TO_DECIMAL(a -> Conversions.toDecimal((String) a), "string_to_decimal"),
    TEXT_TO_DATE(a -> Conversions.toDate((String) a), "string_to_date"),
    TIMESTAMP_TO_DATE(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), ZonedDateTime::toLocalDate),
            "timestamp_to_date",
            "timestamp_to_date_with_tz"),
    PARSE_TIMESTAMP(
            Once.PREPARED,
            others -> TimePatterns.parse((String) others[0], Times.zone(others, 1)),
            "string_pattern_to_timestamp",
            "string_pattern_to_timestamp_with_tz"),
    FORMAT_TIMESTAMP(
            Once.PREPARED,
            others -> TimePatterns.format((String) others[0], Times.zone(others, 1)),
            "timestamp_format",
            "timestamp_format_with_tz"),
    FORMAT_DATE(Once.PREPARED, others -> TimePatterns.formatDate((String) others[0]), "date_format"),
    TRUNCATE(
            Once.PREPARED,
            others -> Truncation.to((String) others[0], Times.zone(others, 1)),
            "timestamp_truncate",
            "timestamp_truncate_with_tz"),
    MILLIS_TO_TIMESTAMP(a -> Times.ofMillis((Long) a), "millis_to_timestamp"),
    TIMESTAMP_TO_MILLIS(a -> Times.millis((Instant) a), "timestamp_to_millis"),
    DURATION_TO_MILLIS(a -> Times.millis((Duration) a), "duration_to_millis"),

    YEAR(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> (long) time.getYear()),
            "timestamp_to_year",
            "timestamp_to_year_with_tz"),
    MONTH(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> time.getMonthValue() - 1L),
            "timestamp_to_month",
            "timestamp_to_month_with_tz"),
    DAY_OF_YEAR(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> time.getDayOfYear() - 1L),
            "timestamp_to_day_of_year",
            "timestamp_to_day_of_year_with_tz"),
    DAY_OF_MONTH(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> time.getDayOfMonth() - 1L),
            "timestamp_to_day_of_month",
            "timestamp_to_day_of_month_with_tz"),
    DATE_OF_MONTH(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> (long) time.getDayOfMonth()),
            "timestamp_to_day_of_month_1_based",
            "timestamp_to_day_of_month_1_based_with_tz"),
    DAY_OF_WEEK(
            Once.PREPARED,
            others -> Times.read(
                    Times.zone(others, 0), time -> time.getDayOfWeek().getValue() % 7L),
            "timestamp_to_day_of_week",
            "timestamp_to_day_of_week_with_tz"),
    HOURS(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> (long) time.getHour()),
            "timestamp_to_hours",
            "timestamp_to_hours_with_tz"),
    MINUTES(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> (long) time.getMinute()),
            "timestamp_to_minutes",
            "timestamp_to_minutes_with_tz"),
    SECONDS(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> (long) time.getSecond()),
            "timestamp_to_seconds",
            "timestamp_to_seconds_with_tz"),
    MILLISECONDS(
            Once.PREPARED,
            others -> Times.read(Times.zone(others, 0), time -> time.getNano() / 1_000_000L),
            "timestamp_to_milliseconds",
            "timestamp_to_milliseconds_with_tz"),
    IN_HOURS(a -> ((Duration) a).toHours(), "duration_to_hours"),
    IN_MINUTES(a -> ((Duration) a).toMinutes(), "duration_to_minutes"),
    IN_SECONDS(a -> ((Duration) a).toSeconds(), "duration_to_seconds"),
    MILLIS_OF_DURATION(a -> (long) ((Duration) a).toMillisPart(), "duration_to_milliseconds"),

    SUM_OF_LONGS(a -> Lists.sumOfLongs((List<?>) a), "sum_int"),
    SUM_OF_DOUBLES(a -> Lists.sumOfDoubles((List<?>) a), "sum_double"),
    SUM_OF_DECIMALS(a -> Lists.sumOfDecimals((List<?>) a), "sum_decimal"),
    SUM_OF_DURATIONS(a -> Lists.sumOfDurations((List<?>) a), "sum_duration");

    /** Marks the functions whose signatures have different numbers of arguments. */
    enum Count {
        VARYING
    }

    /** Marks the functions with something to do that does not depend on their first argument. */
    enum Once {
        PREPARED
    }

    /** A body of one argument. */
    interface One {
        @Nullable
        Object of(Object argument);
    }

    /** Makes a body of the first argument from the values of the others, which mostly are the same for all records. */
    interface Prepared {
        One with(Object[] others);
    }

    /** A body of two arguments. */
    interface Two {
        Object of(Object first, Object second);
    }

    /** A body of a varying number of arguments. */
    interface Many {
        Object of(Object[] arguments);
    }

    private static final Map<String, Builtin> BY_SIGNATURE = new HashMap<>();

    static {
        for (Builtin builtin : values()) {
            for (String signature : builtin.signatures) {
                BY_SIGNATURE.put(signature, builtin);
            }
        }
    }

    final @Nullable One one;
    final @Nullable Two two;
    final @Nullable Many many;
    final @Nullable Prepared prepared;
    private final List<String> signatures;

    Builtin(One body, String... signatures) {
        this(body, null, null, null, signatures);
    }

    Builtin(Count count, Many body, String... signatures) {
        this(null, null, body, null, signatures);
    }

    Builtin(Two body, String... signatures) {
        this(null, body, null, null, signatures);
    }

    Builtin(Once once, Prepared body, String... signatures) {
        this(null, null, null, body, signatures);
    }

    Builtin(
            @Nullable One one,
            @Nullable Two two,
            @Nullable Many many,
            @Nullable Prepared prepared,
            String... signatures) {
        this.one = one;
        this.two = two;
        this.many = many;
        this.prepared = prepared;
        this.signatures = List.copyOf(Arrays.asList(signatures));
    }

    /** The function that answers to the name of an overload. */
    public static Optional<Builtin> of(String signature) {
        return Optional.ofNullable(BY_SIGNATURE.get(signature));
    }

    /**
     * The value for these arguments.
     *
     * @throws io.pipewright.spi.expression.EvaluationException if there is none
     */
    public @Nullable Object apply(Object... arguments) {
        if (one != null) {
            return one.of(arguments[0]);
        }
        if (two != null) {
            return two.of(arguments[0], arguments[1]);
        }
        if (many != null) {
            return many.of(arguments);
        }
        if (prepared != null) {
            return prepared.with(Arrays.copyOfRange(arguments, 1, arguments.length))
                    .of(arguments[0]);
        }
        throw new IllegalStateException(name());
    }
}
