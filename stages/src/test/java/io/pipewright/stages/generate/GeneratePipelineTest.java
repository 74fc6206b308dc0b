package io.pipewright.stages.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.stages.PipelineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines of generated records, on a Flink in this process. */
class GeneratePipelineTest {

    @TempDir
    Path folder;

    @Test
    void everyRecordIsCountedInItsWindowThoughTwoSubtasksMakeThem() throws Exception {
        Path out = folder.resolve("out");
        PipelineRun.finish(pipeline(out), folder);
        List<String> rows = Files.readAllLines(out);
        assertThat(rows).hasSize(21);
        assertThat(rows).filteredOn(row -> row.contains("\"volume\":50")).hasSize(19);
        assertThat(rows)
                .anySatisfy(row -> assertThat(row).contains("\"group\":\"14\"").contains("\"volume\":49"))
                .anySatisfy(row -> assertThat(row).contains("\"group\":\"20\"").contains("\"volume\":1,"));
        assertThat(Files.readAllLines(folder.resolve("out.dead")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"code\":\"division-by-zero\"")
                        .contains("\"raw\":\"NzAw\"")
                        .contains("\"offset\":700"));
    }

    private static String pipeline(Path out) {
        return """
                apiVersion: pipeline/v1
                name: generated
                records:
                  Order:
                    fields: {group: string, price: double, at: timestamp}
                sources:
                  orders:
                    type: generate
                    record: Order
                    count: 1001
                    step: 100ms
                    disorder: 3s
                    fields: {group: 'string(n / 50)', price: 'double(1 / (n - 700))'}
                    eventTime: {field: at, outOfOrderness: 3s}
                stages:
                  volumes:
                    type: window
                    from: orders
                    keyBy: [group]
                    window: {type: global}
                    aggregate: {volume: count(), prices: sum(price)}
                sinks:
                  out: {type: file, from: volumes, path: %1$s, format: {type: json}, single: true}
                  dead: {type: file, from: errors, path: %1$s.dead, format: {type: json}, single: true}
                  lost: {type: discard, from: late}
                errors: {default: deadLetter}
                runtime: {parallelism: 2}
                """
                .formatted(out);
    }
}
