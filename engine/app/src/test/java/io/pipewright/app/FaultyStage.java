package io.pipewright.app;

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
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** A third party's stage, found as all plugins are, whose builder makes a mistake. */
public final class FaultyStage implements StageType<FaultyStage.Options, FaultyStage.Plan> {

    /** Where this stage is found beside the built-in ones; the class path of the tests does not name it. */
    static URLClassLoader loader(Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("plugins/META-INF/services"));
        Files.writeString(services.resolve(StageType.class.getName()), FaultyStage.class.getName());
        return new URLClassLoader(
                new URL[] {folder.resolve("plugins").toUri().toURL()}, FaultyStage.class.getClassLoader());
    }

    /** What the builder does wrong. */
    public enum Mistake {
        NONE,
        GENERIC_TYPE,
        NO_UID
    }

    /** The options of {@code faulty}. */
    public record Options(@Option(doc = "What the builder does wrong.") Mistake mistake) {}

    /** A planned {@code faulty}. */
    public record Plan(Mistake mistake, RecordType type) implements StagePlan {
        @Override
        public List<OutputPort> outputs() {
            return List.of(OutputPort.main(type));
        }

        @Override
        public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
            return Map.of(FROM, readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of()));
        }
    }

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE, "faulty", "Is built wrongly.", false, false, List.of("there", "back"));
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optional<Plan> plan(Options options, PlanContext in) {
        return Optional.of(new Plan(options.mistake(), in.input()));
    }

    @Override
    public Supplier<StageBuilder<Plan>> builder() {
        return () -> new Builder();
    }

    /** What only Kryo could serialize. */
    private static final class Opaque {
        private final DataRecord held;

        private Opaque(DataRecord held) {
            this.held = held;
        }
    }

    private static final class Builder implements StageBuilder<Plan> {
        @Override
        public Streams build(Plan plan, Streams inputs, BuildContext context) {
            RecordTypeInfo type = RecordTypeInfo.of(context.input(StagePlan.FROM));
            SingleOutputStreamOperator<DataRecord> built =
                    switch (plan.mistake()) {
                        case NONE -> context.operator(
                                inputs.from().map(record -> record).returns(type), "there");
                        case NO_UID -> inputs.from().map(record -> record).returns(type);
                        case GENERIC_TYPE -> context.operator(
                                context.operator(
                                                inputs.from()
                                                        .map(Opaque::new)
                                                        .returns(new GenericTypeInfo<>(Opaque.class)),
                                                "there")
                                        .map(opaque -> opaque.held)
                                        .returns(type),
                                "back");
                    };
            return Streams.of(OutputPort.MAIN, built);
        }
    }
}
