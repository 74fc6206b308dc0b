package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages that make records of one record, and the sinks that store nothing, on a Flink in this process. */
class FieldsInFlinkTest {

    @TempDir
    Path folder;

    @Test
    void recordsAreTakenApartAndPutTogether() throws Exception {
        Files.writeString(
                folder.resolve("orders.jsonl"),
                """
                {"id":"o1","items":[{"sku":"a","count":2},{"sku":"b","count":0}]}
                {"id":"o2","items":[]}
                """);
        PipelineRun.finish(
                """
                apiVersion: pipeline/v1
                name: orders
                records:
                  Item: {fields: {sku: string, count: int}}
                  Order: {fields: {id: string, items: list<Item>}}
                sources:
                  orders: {type: file, path: %1$s/orders.jsonl, format: {type: json, record: Order}}
                stages:
                  lines: {type: flatten, from: orders, list: items, name: item}
                  shared: {type: add, from: lines, fields: {share: 100 / item.count}}
                  named: {type: select, from: shared, fields: {order: id, sku: item.sku, share: share}}
                sinks:
                  out: {type: file, from: named, path: %1$s/out, format: {type: json}, single: true}
                  shown: {type: print, from: named}
                  dead: {type: file, from: errors, path: %1$s/dead, format: {type: json}, single: true}
                  gone: {type: discard, from: errors}
                errors: {default: deadLetter}
                """
                        .formatted(folder),
                folder);
        assertThat(Files.readAllLines(folder.resolve("out")))
                .containsExactly("{\"order\":\"o1\",\"sku\":\"a\",\"share\":50}");
        assertThat(Files.readAllLines(folder.resolve("dead"))).singleElement().satisfies(line -> assertThat(line)
                .contains("\"stage\":\"shared\"", "division-by-zero", "\"offset\":1"));
    }
}
