package io.pipewright.expression.tree;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the language that need the values of all their arguments, each with the signatures it answers to.
 *
 * <p>A signature is the stable name of one overload, as the checker reports it; the first group of each is CEL's own
 * name for it.
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
    NEGATE_DECIMAL(a -> ((BigDecimal) a).negate(), "negate_decimal"),

    SIZE_OF_TEXT(a -> Texts.size((String) a), "size_string", "string_size"),
    SIZE_OF_BYTES(a -> (long) ((byte[]) a).length, "size_bytes", "bytes_size"),
    SIZE_OF_LIST(a -> (long) ((List<?>) a).size(), "size_list", "list_size"),
    SIZE_OF_MAP(a -> (long) ((Map<?, ?>) a).size(), "size_map", "map_size"),

    CONTAINS((a, b) -> ((String) a).contains((String) b), "contains_string"),
    STARTS_WITH((a, b) -> ((String) a).startsWith((String) b), "starts_with_string"),
    ENDS_WITH((a, b) -> ((String) a).endsWith((String) b), "ends_with_string"),
    MATCHES((a, b) -> Texts.pattern((String) b).matcher((String) a).find(), "matches", "matches_string"),
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
    TIMESTAMP_TO_MILLIS(a -> Times.millis((Instant) a), "timestamp_to_millis"),
    DURATION_TO_MILLIS(a -> Times.millis((Duration) a), "duration_to_millis"),

    YEAR(Count.VARYING, args -> (long) Times.at(args).getYear(), "timestamp_to_year", "timestamp_to_year_with_tz"),
    MONTH(
            Count.VARYING,
            args -> Times.at(args).getMonthValue() - 1L,
            "timestamp_to_month",
            "timestamp_to_month_with_tz"),
    DAY_OF_YEAR(
            Count.VARYING,
            args -> Times.at(args).getDayOfYear() - 1L,
            "timestamp_to_day_of_year",
            "timestamp_to_day_of_year_with_tz"),
    DAY_OF_MONTH(
            Count.VARYING,
            args -> Times.at(args).getDayOfMonth() - 1L,
            "timestamp_to_day_of_month",
            "timestamp_to_day_of_month_with_tz"),
    DATE_OF_MONTH(
            Count.VARYING,
            args -> (long) Times.at(args).getDayOfMonth(),
            "timestamp_to_day_of_month_1_based",
            "timestamp_to_day_of_month_1_based_with_tz"),
    DAY_OF_WEEK(
            Count.VARYING,
            args -> Times.at(args).getDayOfWeek().getValue() % 7L,
            "timestamp_to_day_of_week",
            "timestamp_to_day_of_week_with_tz"),
    HOURS(Count.VARYING, args -> (long) Times.at(args).getHour(), "timestamp_to_hours", "timestamp_to_hours_with_tz"),
    MINUTES(
            Count.VARYING,
            args -> (long) Times.at(args).getMinute(),
            "timestamp_to_minutes",
            "timestamp_to_minutes_with_tz"),
    SECONDS(
            Count.VARYING,
            args -> (long) Times.at(args).getSecond(),
            "timestamp_to_seconds",
            "timestamp_to_seconds_with_tz"),
    MILLISECONDS(
            Count.VARYING,
            args -> Times.at(args).getNano() / 1_000_000L,
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

    /** A body of one argument. */
    interface One {
        Object of(Object argument);
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
    private final List<String> signatures;

    Builtin(One body, String... signatures) {
        this(body, null, null, signatures);
    }

    Builtin(Count count, Many body, String... signatures) {
        this(null, null, body, signatures);
    }

    Builtin(Two body, String... signatures) {
        this(null, body, null, signatures);
    }

    Builtin(@Nullable One one, @Nullable Two two, @Nullable Many many, String... signatures) {
        this.one = one;
        this.two = two;
        this.many = many;
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
    public Object apply(Object... arguments) {
        if (one != null) {
            return one.of(arguments[0]);
        }
        if (two != null) {
            return two.of(arguments[0], arguments[1]);
        }
        if (many != null) {
            return many.of(arguments);
        }
        throw new IllegalStateException(name());
    }
}
