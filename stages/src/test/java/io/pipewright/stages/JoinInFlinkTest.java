package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins on a Flink in this process, in two subtasks, one after the other by the same key. */
class JoinInFlinkTest {

    @TempDir
    Path folder;

    @Test
    void recordsOfTwoFilesMeetAndTheRestComesOutAlone() throws Exception {
        Files.writeString(
                folder.resolve("calls.jsonl"),
                """
                {"id":"a","at":"2026-01-01T00:00:10Z"}
                {"id":"b","at":"2026-01-01T00:00:10Z"}
                {"id":"c","at":"2026-01-01T00:00:10Z"}
                {"at":"2026-01-01T00:00:10Z"}
                """);
        Files.writeString(
                folder.resolve("surveys.jsonl"),
                """
                {"about":"a","score":1,"at":"2026-01-01T00:00:30Z"}
                {"about":"b","score":2,"at":"2026-01-01T00:00:30.001Z"}
                {"about":"c","score":3,"at":"2026-01-01T00:00:05Z"}
                {"about":"d","score":4,"at":"2026-01-01T00:00:05Z"}
                """);
        PipelineRun.finish(
                """
                apiVersion: pipeline/v1
                name: surveys
                records:
                  Call: {fields: {id: string?, at: timestamp}}
                  Survey: {fields: {about: string, score: int, at: timestamp}}
                sources:
                  calls:
                    type: file
                    path: %1$s/calls.jsonl
                    format: {type: json, record: Call}
                    eventTime: {field: at, outOfOrderness: 30s}
                  surveys:
                    type: file
                    path: %1$s/surveys.jsonl
                    format: {type: json, record: Survey}
                    eventTime: {field: at, outOfOrderness: 30s}
                stages:
                  rated:
                    type: join
                    inputs: {call: calls, survey: surveys}
                    keyBy: {call: [id], survey: [about]}
                    kind: left
                    within: {after: call, from: -5s, to: 20s}
                    select: {id: call.id, score: survey.score}
                  counted:
                    type: window
                    from: rated
                    keyBy: [id]
                    window: {type: tumbling, size: 1m}
                    aggregate: {rows: count(), score: max(score)}
                  named: {type: select, from: counted, fields: {id: id, rows: rows, score: score}}
                sinks:
                  out: {type: file, from: named, path: %1$s/out, format: {type: json}, single: true}
                  lateOnes: {type: file, from: late, path: %1$s/late, format: {type: json}, single: true}
                runtime: {parallelism: 2}
                """
                        .formatted(folder),
                folder);
        assertThat(Files.readAllLines(folder.resolve("out")))
                .containsExactlyInAnyOrder(
                        "{\"id\":\"a\",\"rows\":1,\"score\":1}",
                        "{\"id\":\"b\",\"rows\":1,\"score\":null}",
                        "{\"id\":\"c\",\"rows\":1,\"score\":3}",
                        "{\"id\":null,\"rows\":1,\"score\":null}");
        assertThat(Files.readAllLines(folder.resolve("late"))).isEmpty();
    }
}
