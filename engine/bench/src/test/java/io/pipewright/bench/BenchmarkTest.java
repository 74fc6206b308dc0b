package io.pipewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.bench.ContenderProcess.Checkpoints;
import io.pipewright.bench.ContenderProcess.Measured;
import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.SinkContender;
import io.pipewright.bench.feed.ResultFolder.Outcome;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.Tally;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, with every contender in a JVM of its own on a feed that takes a second. */
class BenchmarkTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The readers may be minutes of event time apart here, so updates of a customer come in any order. */
    @Test
    void everyContenderAgreesWithTheOracleAndIsReported() throws IOException {
        Path file = folder.resolve("report.json");

        int exit = bench(
                "--events=20000",
                "--rate=50",
                "--customers=80",
                "--rounds=1",
                "--warm-up=0",
                "--heap=512",
                "--timeout=240",
                "--folder=" + folder,
                "--report=" + file);

        assertThat(out.toString()).doesNotContain("does not count");
        assertThat(exit).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        List<String> labels =
                List.of(Contender.values()).stream().map(Contender::label).toList();
        assertThat(report.path("lines"))
                .extracting(line -> line.path("contender").asText())
                .isEqualTo(labels);
        assertThat(report.path("lines")).allSatisfy(line -> assertThat(
                        line.path("eventsPerSecond").path("median").asDouble())
                .isPositive());
        assertThat(report.path("ratios")).hasSize(labels.size() - 1);
        assertThat(report.path("rounds")).allSatisfy(round -> {
            assertThat(round.path("events").asLong()).isEqualTo(20_000);
            assertThat(round.path("cpuSeconds").asDouble()).isPositive();
            assertThat(round.path("differences")).isEmpty();
        });
        assertThat(report.path("rounds")
                        .path(0)
                        .path("results")
                        .path("ALERTS")
                        .path("rows")
                        .asLong())
                .isPositive();
        assertThat(report.path("rounds")
                        .path(0)
                        .path("results")
                        .path("LATE")
                        .path("rows")
                        .asLong())
                .isPositive();
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnythingIsMeasured() {
        assertThat(bench("--report=" + folder.resolve("no/report.json"))).isEqualTo(2);
        assertThat(bench("sinks", "--report=" + folder.resolve("no/sinks.json")))
                .isEqualTo(2);
        assertThat(bench("growth", "--plot=" + folder)).isEqualTo(2);
        assertThat(err.toString()).contains("no/report.json` cannot be written", "with `--plot`");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void casesOfGrowthAgreeWithTheOracleAndAreTabledAndDrawn() throws IOException {
        Path plot = folder.resolve("growth.svg");
        Path file = folder.resolve("growth.json");

        int exit = bench(
                "growth",
                "--only=4-channels-90-on-one,30-stages",
                "--events=20000",
                "--checkpoint=1",
                "--warm-up=0",
                "--heap=512",
                "--folder=" + folder,
                "--report=" + file,
                "--plot=" + plot);

        assertThat(exit).as(out + "" + err).isZero();
        assertThat(out.toString())
                .containsPattern("bytes per key \\|\n.*\n\\| 4 channels, 90 % on one \\| .* \\| 50,004 \\| [1-9]")
                .contains("| 30 stages |")
                .doesNotContain("does not count");
        JsonNode lines = new ObjectMapper().readTree(file.toFile()).path("lines");
        // Customers' numbers alone have 9 characters.
        assertThat(lines.path(0).path("stateBytesPerKey").path("median").asDouble())
                .isGreaterThan(9);
        assertThat(lines.path(1).path("keys").asInt()).isZero();
        assertThat(plot)
                .content()
                .startsWith("<svg")
                .contains("4 channels, 90 % on one", "30 stages", "Events per second", "CPU-s", "bytes per key")
                .endsWith("</svg>\n");
    }

    @Test
    void aCaseOfGrowthThatIsNotThereIsWrongUsage() {
        assertThat(bench("growth", "--only=6-stages")).isEqualTo(2);
        assertThat(err.toString()).contains("`5000000-customers`");
    }

    /** Of the sinks alone: a bare client that wrote something else would be told by the command too. */
    @Test
    void everySinkWritesAllOfItsRows() throws IOException {
        Path file = folder.resolve("sinks.json");

        int exit = bench(
                "sinks",
                "--contenders=cassandra,kafka",
                "--rounds=1",
                "--rows=2000",
                "--messages=70000",
                "--warm-up=0",
                "--heap=512",
                "--folder=" + folder,
                "--report=" + file);

        assertThat(exit).as(out + "" + err).isZero();
        assertThat(out.toString()).doesNotContain("does not count");
        JsonNode rounds = new ObjectMapper().readTree(file.toFile()).path("rounds");
        assertThat(rounds)
                .extracting(round ->
                        round.path("results").path("RECORDS").path("rows").asInt())
                .containsExactly(2_000, 70_000);
        assertThat(folder)
                .isDirectoryNotContaining(left -> left.getFileName().toString().startsWith("sinks-"));
    }

    @Test
    void aRunWhoseRowsAreNotAllOnTheServerDoesNotCount() {
        Tally all = SinkContender.CASSANDRA.expect(3);
        Map<ResultKind, Tally> none = Map.of(ResultKind.DEAD_LETTERS, Tally.NONE);
        Measured run = new Measured(new Outcome(3, 1, 1, none), Checkpoints.NONE, 0);
        Map<ResultKind, Tally> one = Map.of(ResultKind.DEAD_LETTERS, Tally.of(1, 0));
        Measured failing = new Measured(new Outcome(3, 1, 1, one), Checkpoints.NONE, 0);

        assertThat(SinkBenchmark.checked(SinkContender.DRIVER, 1, run, all, all).counts())
                .isTrue();
        assertThat(SinkBenchmark.checked(SinkContender.DRIVER, 1, run, all, SinkContender.DRIVER.expect(2))
                        .differences())
                .singleElement()
                .asString()
                .contains("expected 3 rows", "found 2");
        assertThat(SinkBenchmark.checked(SinkContender.DRIVER, 1, failing, all, all)
                        .differences())
                .containsExactly("1 rows failed");
    }

    @Test
    void eventsOfNexmarkAreWrittenToAFile() throws IOException {
        Path events = folder.resolve("events.jsonl");

        assertThat(bench("nexmark", "--events=120", "--seed=3", "--output=" + events))
                .isZero();
        assertThat(events).content().hasLineCount(120).startsWith("{\"event\":\"person\",");
        assertThat(bench("nexmark")).isEqualTo(2);
        assertThat(bench("nexmark", "--answers", "--output=" + events)).isEqualTo(2);
        assertThat(bench("nexmark", "--output=" + folder.resolve("no/events.jsonl")))
                .isEqualTo(2);
    }

    @Test
    void whatCannotBeMeasuredIsWrongUsage() {
        assertThat(bench("--events=1000", "--seconds=1")).isEqualTo(2);
        assertThat(err.toString()).contains("give one of them");
    }

    @Test
    void anUnknownContenderIsWrongUsage() {
        assertThat(bench("--contenders=pipewright,spark")).isEqualTo(2);
        assertThat(err.toString()).contains("spark");
    }

    private int bench(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
