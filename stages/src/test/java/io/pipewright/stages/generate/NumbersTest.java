package io.pipewright.stages.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.splits.CollectedElements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

/** How the numbers are counted and kept in checkpoints. */
class NumbersTest {

    private final CollectedElements output = new CollectedElements();

    @Test
    void eachNumberComesOnceAndInOrderWithACheckpointAfterEveryOne() throws Exception {
        NumbersReader reader = reader(plan(20L), Numbers.all(3));
        InputStatus status = reader.pollNext(output);
        while (status != InputStatus.END_OF_INPUT) {
            List<Numbers> kept = new ArrayList<>();
            for (Numbers numbers : reader.snapshotState(1)) {
                kept.add(new Numbers.Serializer().deserialize(1, new Numbers.Serializer().serialize(numbers)));
            }
            reader = reader(plan(20L), kept);
            status = reader.pollNext(output);
        }
        assertThat(output.values())
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
        assertThat(output.released()).containsExactlyInAnyOrder("0/3", "1/3", "2/3");
    }

    @Test
    void twoReadersTogetherMakeWhatOneDoesAndAThirdGoesOnWithBoth() {
        List<Numbers> parts = Numbers.all(2);
        NumbersReader even = reader(plan(10L), parts.subList(0, 1));
        NumbersReader odd = reader(plan(10L), parts.subList(1, 2));
        even.pollNext(output);
        even.pollNext(output);
        odd.pollNext(output);
        List<Numbers> kept = new ArrayList<>(even.snapshotState(1));
        kept.addAll(odd.snapshotState(1));
        drain(reader(plan(10L), kept));
        assertThat(output.values()).containsExactly(0L, 2L, 1L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void withoutACountThereIsNoEnd() {
        NumbersReader reader = reader(plan(null), Numbers.all(1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        }
        assertThat(output.values()).hasSize(1_000);
    }

    @Test
    void aReaderWithoutNumbersWaitsUntilItKnowsThatThereAreNone() {
        NumbersReader reader = new NumbersReader("source", plan(5L), new NumberDecoder());
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        reader.notifyNoMoreSplits();
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    private static GeneratePlan plan(Long count) {
        GeneratedRecords records = new GeneratedRecords(1, 0, 1_000, 0, Map.of());
        DeclaredRecord empty = DeclaredRecord.of(new RecordType("Nothing", List.of()));
        return new GeneratePlan(new SourcePlan(empty, records, SourceFormat.Blank.SKIP, null, null), records, count);
    }

    private static NumbersReader reader(GeneratePlan plan, List<Numbers> numbers) {
        NumbersReader reader = new NumbersReader("source", plan, new NumberDecoder());
        reader.addSplits(numbers);
        reader.notifyNoMoreSplits();
        return reader;
    }

    private void drain(NumbersReader reader) {
        while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
            assertThat(reader.isAvailable()).isDone();
        }
    }

    private record NumberDecoder() implements SourceDecoder {
        @Override
        public void decode(byte[] bytes, Origin origin, long sourceTimestamp, Consumer<SourceElement> out) {
            assertThat(new String(bytes, UTF_8)).isEqualTo("" + origin.offset());
            assertThat(sourceTimestamp).isEqualTo(origin.offset() * 1_000);
            out.accept(new SourceElement(DataRecord.of(origin.offset()), false, sourceTimestamp));
        }

        @Override
        public TypeInformation<SourceElement> elementType() {
            throw new UnsupportedOperationException();
        }
    }
}
