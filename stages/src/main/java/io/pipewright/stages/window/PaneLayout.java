package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.expression.CheckedAggregate.Function;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What is kept for one group in one window: a record with a few fields per aggregate call.
 *
 * <p>A field is named by the call as its author wrote it, so that state still belongs to its call when others are added,
 * dropped or moved. Equal calls share their fields. Every field may be null: it belongs to a call that was added while
 * the window was open, or to one for which no record counted yet.
 *
 * @param calls by their names, each call once
 * @param values what is kept of each record in a list besides, named by argument and condition; without fields if nothing is
 * @param valuesCalls one call for each of those fields
 * @param sketchCalls one call for each field of the pane that holds a sketch of the values; none if results are exact
 */
record PaneLayout(
        RecordType type,
        Map<String, Call> calls,
        RecordType values,
        Map<String, Call> valuesCalls,
        Map<String, Call> sketchCalls) {

    /** How often the window has fired. */
    static final String FIRINGS = "#firings";

    /** The time of the latest record, where the window has no end. */
    static final String LATEST = "#latest";

    private static final String COUNT = "#count";
    private static final String COMPENSATION = "#compensation";
    private static final String TIME = "#time";
    private static final String BY = "#by";

    static PaneLayout of(WindowPlan plan) {
        Map<String, Call> calls = new LinkedHashMap<>();
        for (WindowPlan.Aggregate aggregate : plan.aggregates()) {
            aggregate.expression().calls().forEach(call -> calls.putIfAbsent(name(call), call));
        }
        List<Field> fields = new ArrayList<>();
        Map<String, Call> valuesCalls = new LinkedHashMap<>();
        Map<String, Call> sketchCalls = new LinkedHashMap<>();
        fields.add(Field.nullable(FIRINGS, Scalar.LONG));
        calls.forEach((name, call) -> {
            if (needsValues(call) && plan.approximate()) {
                if (sketchCalls.putIfAbsent(sketchName(call), call) == null) {
                    fields.add(Field.nullable(sketchName(call), Scalar.BYTES));
                }
            } else if (needsValues(call)) {
                valuesCalls.putIfAbsent(valuesName(call), call);
            } else {
                fields.addAll(fields(name, call));
            }
        });
        if (!plan.cut().bounded()) {
            fields.add(Field.nullable(LATEST, Scalar.LONG));
        }
        List<Field> values = new ArrayList<>();
        valuesCalls.forEach((name, call) -> values.add(Field.nullable(name, argument(call))));
        return new PaneLayout(
                new RecordType("pane", fields), calls, new RecordType("values", values), valuesCalls, sketchCalls);
    }

    private static List<Field> fields(String name, Call call) {
        List<Field> fields = new ArrayList<>();
        DataType first = first(call);
        fields.add(Field.nullable(name, first));
        switch (call.function()) {
            case SUM, AVG -> {
                if (first == Scalar.DOUBLE) {
                    fields.add(Field.nullable(name + COMPENSATION, Scalar.DOUBLE));
                }
                if (call.function() == Function.AVG) {
                    fields.add(Field.nullable(name + COUNT, Scalar.LONG));
                }
            }
            case FIRST, LAST -> fields.add(Field.nullable(name + TIME, Scalar.LONG));
            case ARG_MIN, ARG_MAX -> {
                fields.add(Field.nullable(
                        name + BY, Objects.requireNonNull(call.by()).type()));
                fields.add(Field.nullable(name + TIME, Scalar.LONG));
            }
            case COLLECT -> fields.add(Field.nullable(name + TIME, new ListType(Scalar.LONG)));
            default -> {}
        }
        return fields;
    }

    /** The call as its author wrote it. */
    static String name(Call call) {
        StringJoiner arguments = new StringJoiner(", ");
        if (call.argument() != null) {
            arguments.add(call.argument().text());
        }
        if (call.by() != null) {
            arguments.add(call.by().text());
        }
        if (call.number() != null) {
            arguments.add(call.number().toPlainString());
        }
        return call.function().text() + "(" + arguments + condition(call) + ")";
    }

    private static String condition(Call call) {
        return call.condition() == null ? "" : "; " + call.condition().text();
    }

    /** The field of the values that are kept for a call; calls of one argument under one condition share it. */
    static String valuesName(Call call) {
        return "values(" + Objects.requireNonNull(call.argument()).text() + condition(call) + ")";
    }

    /** The field of the sketch for a call; percentiles of one argument under one condition share it. */
    static String sketchName(Call call) {
        String kind = call.function() == Function.PERCENTILE ? "quantiles(" : "distinct(";
        return kind + Objects.requireNonNull(call.argument()).text() + condition(call) + ")";
    }

    /** Whether an exact result takes every value. */
    static boolean needsValues(Call call) {
        return call.function() == Function.COUNT_DISTINCT || call.function() == Function.PERCENTILE;
    }

    /** Whether it makes no difference in which order records are added, and a pane stays small: then some can be added before others. */
    boolean mergesInAnyOrder() {
        return calls.values().stream().allMatch(call -> switch (call.function()) {
            case COUNT, SUM, AVG, MIN, MAX -> true;
            case COUNT_DISTINCT, PERCENTILE -> !sketchCalls.isEmpty();
            default -> false;
        });
    }

    int sketch(Call call) {
        return type.position(sketchName(call));
    }

    int position(Call call) {
        return type.position(name(call));
    }

    int compensation(Call call) {
        return type.position(name(call) + COMPENSATION);
    }

    int count(Call call) {
        return type.position(name(call) + COUNT);
    }

    int times(Call call) {
        return type.position(name(call) + TIME);
    }

    int by(Call call) {
        return type.position(name(call) + BY);
    }

    /** The place of the time of the latest record; -1 if it is not kept. */
    int latest() {
        return type.field(LATEST).isPresent() ? type.position(LATEST) : -1;
    }

    private static DataType first(Call call) {
        return switch (call.function()) {
            case COUNT -> Scalar.LONG;
            case AVG -> Scalar.DOUBLE;
            default -> call.type();
        };
    }

    private static DataType argument(Call call) {
        return Objects.requireNonNull(call.argument()).type();
    }
}
