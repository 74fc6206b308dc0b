package io.pipewright.stages.window;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.runtime.state.internal.InternalValueState;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.jspecify.annotations.Nullable;

/** What is kept of the current key for each slice, and for the window that ends with it. */
final class SliceStates {

    private final InternalValueState<RecordKey, TimeWindow, DataRecord> panes;

    /** What is kept besides panes, if anything is. */
    private final @Nullable InternalListState<RecordKey, TimeWindow, DataRecord> values;

    /** How often a window has fired that is made of several slices; of others it is in the pane. */
    private final @Nullable InternalValueState<RecordKey, TimeWindow, Long> firings;

    /** When a window that has changed sends its row next before it ends, if windows do. */
    private final @Nullable InternalValueState<RecordKey, TimeWindow, Long> early;

    /**
     * The states of an operator.
     *
     * @param shared whether windows have slices in common
     * @throws Exception if state cannot be read
     */
    SliceStates(KeyedStateBackend<RecordKey> backend, WindowPlan plan, boolean shared) throws Exception {
        TimeWindow.Serializer slices = new TimeWindow.Serializer();
        PaneLayout layout = plan.pane();
        panes = (InternalValueState<RecordKey, TimeWindow, DataRecord>)
                backend.<TimeWindow, ValueState<DataRecord>, DataRecord>getOrCreateKeyedState(
                        slices, new ValueStateDescriptor<>("panes", new RecordSerializer(layout.type())));
        values = layout.values().size() == 0
                ? null
                : (InternalListState<RecordKey, TimeWindow, DataRecord>)
                        backend.<TimeWindow, ListState<DataRecord>, List<DataRecord>>getOrCreateKeyedState(
                                slices, new ListStateDescriptor<>("values", new RecordSerializer(layout.values())));
        firings = shared ? numbers(backend, slices, "firings") : null;
        early = plan.emitEvery() > 0 ? numbers(backend, slices, "early") : null;
    }

    private static InternalValueState<RecordKey, TimeWindow, Long> numbers(
            KeyedStateBackend<RecordKey> backend, TimeWindow.Serializer slices, String name) throws Exception {
        return (InternalValueState<RecordKey, TimeWindow, Long>)
                backend.<TimeWindow, ValueState<Long>, Long>getOrCreateKeyedState(
                        slices, new ValueStateDescriptor<>(name, LongSerializer.INSTANCE));
    }

    @Nullable
    DataRecord pane(TimeWindow slice) throws Exception {
        panes.setCurrentNamespace(slice);
        return panes.value();
    }

    void keep(TimeWindow slice, @Nullable Object[] pane) throws Exception {
        panes.setCurrentNamespace(slice);
        panes.update(new DataRecord(pane, null));
    }

    /** Keeps what is kept of one record besides the pane. */
    void add(TimeWindow slice, DataRecord kept) throws Exception {
        if (values != null) {
            values.setCurrentNamespace(slice);
            values.add(kept);
        }
    }

    List<DataRecord> values(TimeWindow slice) throws Exception {
        if (values == null) {
            return List.of();
        }
        values.setCurrentNamespace(slice);
        return all(values.get());
    }

    /** The values of a list state, which is null where nothing was added. */
    static List<DataRecord> all(@Nullable Iterable<DataRecord> kept) {
        List<DataRecord> all = new ArrayList<>();
        if (kept != null) {
            kept.forEach(all::add);
        }
        return all;
    }

    @Nullable
    Long firings(TimeWindow lastSlice) throws Exception {
        if (firings == null) {
            return null;
        }
        firings.setCurrentNamespace(lastSlice);
        return firings.value();
    }

    void keepFirings(TimeWindow lastSlice, Long number) throws Exception {
        if (firings != null) {
            firings.setCurrentNamespace(lastSlice);
            firings.update(number);
        }
    }

    /** Notes when a window is to send its row early; false if it will have by then. */
    boolean announce(TimeWindow lastSlice, long moment) throws Exception {
        if (early == null) {
            return false;
        }
        early.setCurrentNamespace(lastSlice);
        Long known = early.value();
        if (known != null && known <= moment) {
            return false;
        }
        early.update(moment);
        return true;
    }

    /** Whether a window is to send its row early at this moment; that is then done. */
    boolean isAnnounced(TimeWindow lastSlice, long moment) throws Exception {
        if (early == null) {
            return false;
        }
        early.setCurrentNamespace(lastSlice);
        Long known = early.value();
        if (known == null || known != moment) {
            return false;
        }
        early.clear();
        return true;
    }

    /** Throws away what is kept of a slice, and of the window that ends with it. */
    void forget(TimeWindow slice) {
        panes.setCurrentNamespace(slice);
        panes.clear();
        if (values != null) {
            values.setCurrentNamespace(slice);
            values.clear();
        }
        if (firings != null) {
            firings.setCurrentNamespace(slice);
            firings.clear();
        }
    }
}
