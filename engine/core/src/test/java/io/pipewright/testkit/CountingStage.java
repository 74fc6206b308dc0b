package io.pipewright.testkit;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Adds how many records came so far, remembered in its state or, wrongly, in its object. */
final class CountingStage implements StageType<CountingStage.Options, CountingStage.Plan> {

    enum Memory {
        STATE,
        OBJECT
    }

    record Options(@Option(doc = "Where the count is kept.") Memory memory) {}

    record Plan(RecordType input, Memory memory) implements StagePlan {
        @Override
        public List<OutputPort> outputs() {
            return List.of(OutputPort.main(input.with(Field.of("count", Scalar.LONG))));
        }

        @Override
        public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
            return Map.of(FROM, Set.copyOf(input.names()));
        }
    }

    @Override
    public StageInfo info() {
        return new StageInfo(StageInfo.Kind.STAGE, "counting", "Counts.", false, false, List.of("count"));
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optional<Plan> plan(Options options, PlanContext in) {
        return Optional.of(new Plan(in.input(), options.memory()));
    }

    @Override
    public Supplier<StageBuilder<Plan>> builder() {
        return () -> CountingStage::build;
    }

    private static Streams build(Plan plan, Streams inputs, BuildContext context) {
        Count count = new Count(plan.memory() == Memory.STATE);
        return Streams.of(
                OutputPort.MAIN,
                context.operator(
                        inputs.from().process(count, RecordTypeInfo.of(context.output(OutputPort.MAIN))), "count"));
    }

    private static final class Count extends ProcessFunction<DataRecord, DataRecord> implements CheckpointedFunction {
        private final boolean kept;
        private long count;
        private transient ListState<Long> state;

        Count(boolean kept) {
            this.kept = kept;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("count", Types.LONG));
            for (long each : state.get()) {
                count = each;
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(kept ? List.of(count) : List.of());
        }

        @Override
        public void processElement(DataRecord record, Context context, Collector<DataRecord> out) {
            count++;
            Object[] values = new Object[record.size() + 1];
            for (int i = 0; i < record.size(); i++) {
                values[i] = record.get(i);
            }
            values[record.size()] = count;
            out.collect(new DataRecord(values, record.origin()));
        }
    }
}
