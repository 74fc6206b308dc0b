package io.pipewright.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.stage.StageInfo;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageBenchmarkTest {

    @Test
    void everyTypeOfStageIsMeasured() {
        Set<String> types = new TreeSet<>(PluginCatalog.load(getClass().getClassLoader())
                .stages(StageInfo.Kind.STAGE)
                .keySet());
        assertThat(Stream.of(MeasuredStage.values()).map(stage -> stage.label().replaceFirst("-.*", "")))
                .containsAll(types);
    }

    @ParameterizedTest
    @EnumSource
    void theStageHasRows(MeasuredStage stage) throws IOException {
        StageBenchmark benchmark = new StageBenchmark();
        benchmark.stage = stage;
        benchmark.prepare();
        int rows = 0;
        for (int i = 0; i < 5_000; i++) {
            rows += benchmark.event();
        }
        benchmark.close();

        assertThat(rows).isPositive();
    }
}
