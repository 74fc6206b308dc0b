package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.expression.CheckedAggregate.Function;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept for one group in one window: a record with a few fields per aggregate call.
 *
 * <p>A field is named by the call as its author wrote it, so that state still belongs to its call when others are added,
 * dropped or moved. Equal calls share their fields. Every field may be null: it belongs to a call that was added while
 * the window was open, or to one for which no record counted yet.
 *
 * @param calls by the first of their fields, each call once
 */
record PaneLayout(RecordType type, Map<String, Call> calls) {

    /** How often the window has fired. */
    static final String FIRINGS = "#firings";

    /** The time of the latest record, where the window has no end. */
    static final String LATEST = "#latest";

    private static final String COUNT = "#count";
    private static final String COMPENSATION = "#compensation";

    static PaneLayout of(WindowPlan plan) {
        Map<String, Call> calls = new LinkedHashMap<>();
        for (WindowPlan.Aggregate aggregate : plan.aggregates()) {
            aggregate.expression().calls().forEach(call -> calls.putIfAbsent(name(call), call));
        }
        List<Field> fields = new ArrayList<>();
        fields.add(Field.nullable(FIRINGS, Scalar.LONG));
        calls.forEach((name, call) -> {
            DataType first = first(call);
            fields.add(Field.nullable(name, first));
            if (first == Scalar.DOUBLE && summed(call)) {
                fields.add(Field.nullable(name + COMPENSATION, Scalar.DOUBLE));
            }
            if (call.function() == Function.AVG) {
                fields.add(Field.nullable(name + COUNT, Scalar.LONG));
            }
        });
        if (!plan.cut().bounded()) {
            fields.add(Field.nullable(LATEST, Scalar.LONG));
        }
        return new PaneLayout(new RecordType("pane", fields), calls);
    }

    static String name(Call call) {
        StringBuilder text = new StringBuilder(call.function().name().toLowerCase(java.util.Locale.ROOT)).append('(');
        if (call.argument() != null) {
            text.append(call.argument().text());
        }
        if (call.condition() != null) {
            text.append("; ").append(call.condition().text());
        }
        return text.append(')').toString();
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

    /** The place of the time of the latest record; -1 if it is not kept. */
    int latest() {
        return type.field(LATEST).isPresent() ? type.position(LATEST) : -1;
    }

    private static boolean summed(Call call) {
        return call.function() == Function.SUM || call.function() == Function.AVG;
    }

    private static DataType first(Call call) {
        return switch (call.function()) {
            case COUNT -> Scalar.LONG;
            case AVG -> Scalar.DOUBLE;
            case SUM, MIN, MAX -> call.type();
        };
    }
}
