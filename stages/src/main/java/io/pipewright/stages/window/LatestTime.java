package io.pipewright.stages.window;

import io.pipewright.spi.record.DataRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time of the latest record of a group, which its row has where the window has no end. */
final class LatestTime extends CallAccumulator {
    private final int position;

    LatestTime(int position) {
        this.position = position;
    }

    @Override
    void add(DataRecord record, long time, @Nullable Object[] pane) {
        addValue(time, pane);
    }

    @Override
    void addValue(Object value, @Nullable Object[] pane) {
        Long time = (Long) value;
        if (!(pane[position] instanceof Long latest) || latest < time) {
            pane[position] = time;
        }
    }

    @Override
    void merge(@Nullable Object[] other, @Nullable Object[] pane) {
        Object time = other[position];
        if (time != null) {
            addValue(time, pane);
        }
    }

    @Override
    @Nullable
    Object result(DataRecord pane, List<DataRecord> values) {
        return pane.get(position);
    }
}
