package io.pipewright.stages.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.flink.LocalJob;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.stages.PipelineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines from files to files, on a Flink in this process. */
class FilePipelineTest {

    @TempDir
    Path folder;

    @Test
    void everyLineIsARecordOrADeadLetterWithItsBytesAndItsPlace() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.write(
                folder.resolve("in/a.jsonl"),
                "{\"name\":\"a\",\"at\":1000}\n\n{broken\n{\"name\":\"\u00ff\"}\n".getBytes(ISO_8859_1));
        Files.writeString(folder.resolve("in/b.jsonl"), "{\"name\":\"b\",\"at\":1}\n");
        PipelineRun.finish(pipeline("single: true", ""), folder);
        assertThat(Files.readAllLines(folder.resolve("out")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("\"name\":\"a\"").contains("1970-01-01T00:00:01.000Z"),
                        line -> assertThat(line).contains("\"name\":\"b\""));
        List<String> dead = Files.readAllLines(folder.resolve("dead"));
        assertThat(dead).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\"stage\":\"events\"")
                .contains("a.jsonl\""));
        assertThat(dead)
                .anySatisfy(line -> assertThat(line).contains("\"offset\":3").contains("e2Jyb2tlbg"));
        assertThat(dead).anySatisfy(line -> assertThat(line).contains("\"offset\":4"));
    }

    @Test
    void aTextThatWouldBeSeveralLinesIsADeadLetter() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(
                folder.resolve("in/a.jsonl"),
                "{\"name\":\"a\",\"at\":1}\n{\"name\":\"b\\nc\",\"at\":2}\n{\"name\":\"d\",\"at\":3}\n");
        PipelineRun.finish(
                pipeline("single: true", "").replace("out, format: {type: json}", "out, format: {type: raw}"), folder);
        assertThat(Files.readAllLines(folder.resolve("out"))).containsExactlyInAnyOrder("a", "d");
        assertThat(Files.readAllLines(folder.resolve("dead"))).singleElement().satisfies(line -> assertThat(line)
                .contains("\"stage\":\"out\"", "\"code\":\"line-break\"", "\"offset\":2"));
    }

    @Test
    void whatARecordKeepsIsWrittenAgainAsItWas() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(
                folder.resolve("in/a.jsonl"),
                "{\"n\": 0.10, \"name\":\"a\",\"at\":1000,\"big\":123456789012345678901234567890,\"more\":{\"x\": [1.0, null]}}\n");
        PipelineRun.finish(
                pipeline("single: true", "")
                        .replace("Event: {fields:", "Event: {unknown: keep, fields:")
                        .replace("from: events,", "from: once,")
                        .replace(
                                "sinks:",
                                """
                                stages:
                                  once: {type: dedupe, from: longer, keyBy: [name], ttl: 1m}
                                  longer: {type: add, from: events, fields: {longer: 'name + "b"'}}
                                sinks:"""),
                folder);
        assertThat(Files.readAllLines(folder.resolve("out")))
                .containsExactly("{\"name\":\"a\",\"at\":\"1970-01-01T00:00:01.000Z\",\"longer\":\"ab\",\"n\":0.10,"
                        + "\"big\":123456789012345678901234567890,\"more\":{\"x\": [1.0, null]}}");
    }

    @Test
    void partFilesHoldEveryRecordOnceWithCheckpointsAndWithout() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        for (int file = 0; file < 3; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 1_000; i++) {
                text.append("{\"name\":\"").append(file).append('-').append(i).append("\",\"at\":1000}\n");
            }
            Files.writeString(folder.resolve("in/" + file + ".jsonl"), text, UTF_8);
        }
        PipelineRun.finish(pipeline("single: false", "checkpoint: {every: 100ms}"), folder);
        assertThat(parts(".jsonl")).hasSize(3_000).doesNotHaveDuplicates();
    }

    @Test
    void withRollPartFilesAreClosedWhenTheyAreLargeEnoughWhateverTheCheckpointsDo() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.jsonl"), "{\"name\":\"aaaa\",\"at\":1000}\n".repeat(1_000));
        String roll = "roll: {size: 10KiB}";
        PipelineRun.finish(pipeline(roll, "checkpoint: {every: 100ms}"), folder);
        assertThat(parts(".jsonl")).hasSize(1_000);
        int line = "{\"name\":\"aaaa\",\"at\":\"1970-01-01T00:00:01.000Z\"}\n".length();
        int whole = 0;
        for (Path file : files("out")) {
            assertThat(Files.size(file)).isLessThanOrEqualTo(10 * 1024 + line);
            whole += Files.size(file) > 10 * 1024 ? 1 : 0;
        }
        assertThat(whole).isEqualTo(1_000 / (10 * 1024 / line + 1));
        assertThat(files("out")).hasSize(whole + 1);
    }

    @Test
    void columnsFollowTheHeaderOfEachFileAndEachPartFileHasOne() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.csv"), "at,name\n1000,a\n2000,\"b,c\"\n3000\n");
        Files.writeString(folder.resolve("in/b.csv"), "name;x,at,name\nx,4000,d\n");
        Files.writeString(folder.resolve("in/empty.csv"), "");
        PipelineRun.finish(
                pipeline("single: false", "")
                        .replace("type: json, record", "type: csv, header: true, record")
                        .replace("out, format: {type: json}", "out, format: {type: csv, header: true}"),
                folder);
        List<String> lines = parts(".csv");
        assertThat(lines).filteredOn("name,at"::equals).hasSameSizeAs(files("out"));
        assertThat(lines)
                .filteredOn(line -> !line.equals("name,at"))
                .containsExactlyInAnyOrder(
                        "a,1970-01-01T00:00:01.000Z", "\"b,c\",1970-01-01T00:00:02.000Z", "d,1970-01-01T00:00:04.000Z");
        assertThat(Files.readAllLines(folder.resolve("dead"))).singleElement().satisfies(line -> assertThat(line)
                .contains("The line has 1 cell, and there are 2 columns.")
                .contains("\"raw\":\"MzAwMA==\"")
                .contains("\"offset\":4"));
    }

    @Test
    void aFollowedFolderIsReadAsItGrowsWithoutEnd() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.jsonl"), "{\"name\":\"a\",\"at\":1000}\n{\"name\":\"b\",");
        String followed = pipeline("single: true", "checkpoint: {every: 100ms}")
                .replace("type: file\n    path", "type: file\n    follow: true\n    pollEvery: 50ms\n    path");
        try (LocalJob job = PipelineRun.start(followed, folder)) {
            awaitLines(1);
            Files.writeString(folder.resolve("in/a.jsonl"), "\"at\":2000}\n", StandardOpenOption.APPEND);
            Files.writeString(folder.resolve("in/b.jsonl"), "{\"name\":\"c\",\"at\":3000}\n");
            awaitLines(3);
            assertThat(job.running()).isTrue();
        }
        assertThat(Files.readAllLines(folder.resolve("out")))
                .extracting(line -> line.substring(0, 11))
                .containsExactlyInAnyOrder("{\"name\":\"a\"", "{\"name\":\"b\"", "{\"name\":\"c\"");
    }

    /** Asks now and then, for a minute at most. */
    private void awaitLines(int lines) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        CountDownLatch never = new CountDownLatch(1);
        Path out = folder.resolve("out");
        while (!Files.exists(out) || Files.readAllLines(out).size() < lines) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void nothingAtThePathIsSaidBeforeASubmission() {
        var node =
                PipelineRun.compile(pipeline("single: true", "")).orElseThrow().node("events");
        FileSourceType type = new FileSourceType();
        assertThat(type.outsideCheck().orElseThrow().get().check((FileSourcePlan) node.plan()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("There is no file at"));
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsSaidBeforeASubmission() throws IOException {
        Files.writeString(folder.resolve("taken"), "");
        assertThat(problems("taken/parts", false)).containsExactly("`" + folder.resolve("taken") + "` is no folder.");
        assertThat(problems("taken/one/more.jsonl", true))
                .containsExactly("`" + folder.resolve("taken") + "` is no folder.");
        assertThat(problems(".", true)).containsExactly("`" + folder.resolve(".") + "` is a folder.");
        assertThat(problems("a\0b", false)).containsExactly("`" + folder + "/a\0b` cannot be the name of a file.");
        assertThat(problems("taken", true)).isEmpty();
        assertThat(problems("not/there/yet", false)).isEmpty();
    }

    private List<String> problems(String path, boolean single) {
        FileSinkPlan any = (FileSinkPlan) PipelineRun.compile(pipeline("single: true", ""))
                .orElseThrow()
                .node("out")
                .plan();
        FileSinkPlan plan =
                new FileSinkPlan(folder + "/" + path, any.format(), single, any.suffix(), any.roll(), any.input());
        return new FileSinkType()
                .outsideCheck().orElseThrow().get().check(plan).stream()
                        .map(OutsideCheck.OutsideProblem::message)
                        .toList();
    }

    private List<String> parts(String suffix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files("out")) {
            assertThat(file.getFileName().toString()).startsWith("part-").endsWith(suffix);
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.toList();
        }
    }

    private String pipeline(String single, String runtime) {
        return """
                apiVersion: pipeline/v1
                name: files
                records:
                  Event: {fields: {name: string, at: {type: timestamp, format: millis}}}
                sources:
                  events:
                    type: file
                    path: %1$s/in
                    format: {type: json, record: Event}
                    eventTime: {field: at, idleAfter: 1s}
                sinks:
                  out: {type: file, from: events, path: %1$s/out, format: {type: json}, %2$s}
                  dead: {type: file, from: errors, path: %1$s/dead, format: {type: json}, single: true}
                errors: {default: deadLetter}
                runtime:
                  parallelism: 2
                  %3$s
                """
                .formatted(folder, single, runtime);
    }
}
