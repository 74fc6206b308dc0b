package io.pipewright.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SourceFormat.Blank;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** On a local Flink. */
class SourceAssemblyTest {

    private static final RecordType TYPE = RecordType.of("Number", Field.of("number", Scalar.LONG));
    private static final OutputTag<DataRecord> ERRORS =
            new OutputTag<>("errors", RecordTypeInfo.of(FailureRecord.TYPE));

    @Test
    void aLimitedSourceOfTwoSubtasksEmitsEverythingAndTakesItsTime() throws Exception {
        StreamExecutionEnvironment env = environment();
        List<String> roles = new ArrayList<>();
        Streams streams =
                assembly(new Rate(2_000, Duration.ofSeconds(1)), roles).assemble(env, numbers(4_000));
        long start = System.nanoTime();
        List<Long> numbers = new ArrayList<>();
        long first = 0;
        try (CloseableIterator<DataRecord> results = streams.get("").executeAndCollect()) {
            while (results.hasNext()) {
                numbers.add((Long) results.next().get(0));
                first = first == 0 ? System.nanoTime() : first;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(numbers).hasSize(4_000).doesNotHaveDuplicates();
        assertThat(seconds).isGreaterThan(1.9);
        assertThat(roles).containsExactly("source", "split");
    }

    private static DataGeneratorSource<SourceElement> numbers(long count) {
        return new DataGeneratorSource<>(
                number -> new SourceElement(DataRecord.of(number), false, SourceElement.NO_TIME),
                count,
                TypeInformation.of(SourceElement.class));
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        return env;
    }

    private static SourceAssembly assembly(Rate rate, List<String> roles) {
        DeclaredRecord record = new DeclaredRecord(
                "Number",
                List.of(new DeclaredField(TYPE.fields().get(0), List.of("number"), TimestampFormat.MILLIS)),
                UnknownFields.IGNORE);
        SourcePlan plan = new SourcePlan(
                record,
                type -> (bytes, origin) -> new Decoded.Malformed("none", "No decoder."),
                Blank.SKIP,
                null,
                rate);
        return new SourceAssembly(
                "numbers",
                plan,
                TYPE,
                new Failures("numbers", ErrorPolicy.DEAD_LETTER),
                ERRORS,
                "manifest",
                new SourceAssembly.Naming() {
                    @Override
                    public <T> SingleOutputStreamOperator<T> operator(
                            SingleOutputStreamOperator<T> operator, String role) {
                        roles.add(role);
                        return operator.uid("numbers/" + role).name("numbers " + role);
                    }
                });
    }
}
