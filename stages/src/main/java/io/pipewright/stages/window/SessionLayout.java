package io.pipewright.stages.window;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is kept of a session: its pane, and behind it when it sends its row early, by which number its values are kept that
 * are kept besides (the moment of the record with which they began, which is in no other session of its key), and when its
 * first and last record were.
 */
record SessionLayout(RecordType type, Cut.Sessions cut) {

    private static final String FIRST = "#first";
    private static final String LAST = "#last";
    private static final String EARLY = "#early";
    private static final String VALUES = "#values";

    static SessionLayout of(WindowPlan plan, Cut.Sessions cut) {
        List<Field> fields = new ArrayList<>(plan.pane().type().fields());
        fields.add(Field.nullable(EARLY, Scalar.LONG));
        fields.add(Field.nullable(VALUES, Scalar.LONG));
        fields.add(Field.of(FIRST, Scalar.LONG));
        fields.add(Field.of(LAST, Scalar.LONG));
        return new SessionLayout(new RecordType("session", fields), cut);
    }

    /** A session with nothing in it, around one moment. */
    Session session(long time) {
        return new Session(cut, new Object[type.size()], time, time);
    }

    /** A session from state. */
    Session session(DataRecord record) {
        int fields = type.size();
        Object first = Objects.requireNonNull(record.get(type.position(FIRST)));
        Object last = Objects.requireNonNull(record.get(type.position(LAST)));
        return new Session(cut, WindowOperator.copyOf(record, 0, fields), (Long) first, (Long) last);
    }
}
