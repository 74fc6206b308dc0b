package io.pipewright.expression.tree;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with an argument that is the same for all records, before any record comes. */
public final class Constants {

    private Constants() {}

    /**
     * Checks the argument at a position, counted from 0; what has nothing to be checked is fine.
     *
     * @throws io.pipewright.spi.expression.EvaluationException if the function has no value with it; what stands behind a
     *     semicolon in its reason is the next action
     */
    public static void check(Builtin function, int position, Object value) {
        switch (function) {
            case MATCHES -> check(position == 1, value, Regexes::pattern);
            case EXTRACT, EXTRACT_ALL -> check(position == 1, value, Regexes::withOneGroup);
            case REPLACE_MATCHES -> {
                check(position == 1, value, Regexes::pattern);
                check(position == 2, value, Regexes::checkReplacement);
            }
            case YEAR,
                    MONTH,
                    DAY_OF_YEAR,
                    DAY_OF_MONTH,
                    DATE_OF_MONTH,
                    DAY_OF_WEEK,
                    HOURS,
                    MINUTES,
                    SECONDS,
                    MILLISECONDS,
                    TIMESTAMP_TO_DATE -> check(position == 1, value, Times::zone);
            case FORMAT_TIMESTAMP -> {
                check(position == 1, value, TimePatterns::formatter);
                check(position == 2, value, Times::zone);
            }
            case FORMAT_DATE -> check(position == 1, value, pattern -> TimePatterns.formatDate(pattern)
                    .of(LocalDate.EPOCH));
            case PARSE_TIMESTAMP -> {
                check(position == 1, value, TimePatterns::checkParsing);
                check(position == 2, value, Times::zone);
            }
            case TRUNCATE -> {
                check(position == 1, value, Truncation::begin);
                check(position == 2, value, Times::zone);
            }
            case ROUND_DOUBLE_TO, ROUND_DECIMAL_TO -> {
                if (position == 1) {
                    Rounding.digits((Long) value);
                }
            }
            default -> {}
        }
    }

    /**
     * What a call does once for all records, if its arguments behind the first one are the same for all of them.
     *
     * @throws io.pipewright.spi.expression.EvaluationException if they do not fit together
     */
    static Builtin.@Nullable One prepared(Builtin function, List<Node> arguments) {
        Object[] others = arguments.stream()
                .skip(1)
                .filter(Node.Literal.class::isInstance)
                .map(argument -> ((Node.Literal) argument).value())
                .toArray();
        Builtin.Prepared prepared = function.prepared;
        return prepared == null || others.length < arguments.size() - 1 ? null : prepared.with(others);
    }

    /** Checks that arguments fit together, each of which was found to be fine by itself. */
    public static void prepare(Builtin function, List<Node> arguments) {
        prepared(function, arguments);
    }

    private static void check(boolean asked, Object value, Check check) {
        if (asked) {
            check.of((String) value);
        }
    }

    /** Throws if a text is wrong. */
    private interface Check {
        void of(String text);
    }
}
