package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the launcher's commands say and leave behind when they cannot do what they are told. What needs no process of its
 * own is tried by {@link BadInputTest}.
 */
@ExtendWith(LiveServers.Resolver.class)
@Order(6)
class BadInputIT {

    private static final Map<String, String> NO_VARIABLES = Map.of();

    /** For what takes a second or two where nothing else runs. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void aWrongFlagIsAnsweredWithTheNextAction() throws Exception {
        Launched demo = Launched.run(NO_VARIABLES, "demo", "--evnts", "100");
        assertRefused(demo, ExitCode.USAGE, "Unknown option", "--evnts", "pipewright demo --help");
    }

    @Test
    void whatTheDemoCannotDoIsSaidBeforeItsServersStart() throws Exception {
        Launched report = Launched.run(NO_VARIABLES, "demo", "--report", "nowhere/r.json");
        assertRefused(report, ExitCode.USAGE, "`nowhere/r.json`");
        assertThat(report.output()).doesNotContain("Starting Kafka");
        Launched rate = Launched.run(NO_VARIABLES, "demo", "--rate", "fast");
        assertRefused(rate, ExitCode.FINDINGS, "`fast`");
        assertThat(rate.output()).doesNotContain("Starting Kafka");
    }

    @Test
    void aMachineWithoutFontsIsToldSoInsteadOfGettingAPng() throws Exception {
        Path folder = TestPlace.folder("no-fonts");
        Path none = Files.writeString(folder.resolve("none.conf"), "<fontconfig/>"); // no file would mean defaults
        Map<String, String> environment = Map.of(
                "FONTCONFIG_FILE",
                none.toString(),
                "JAVA_TOOL_OPTIONS",
                "-Duser.home=" + folder); // Java remembers the fonts it found there
        Launched graph = Launched.run(
                environment,
                "graph",
                TestPlace.pipeline().toString(),
                "--output",
                folder.resolve("p.png").toString());
        assertRefused(graph, ExitCode.OUTSIDE, "Java finds no fonts on this machine. Install fontconfig and a font");
        assertThat(folder.resolve("p.png")).doesNotExist();
    }

    @Test
    void findingsHaveTheirPlaceInTheFile() throws Exception {
        Path file = TestPlace.folder("findings").resolve("cxone.yaml");
        Files.copy(TestPlace.root().resolve("pipelines/cxone.cql"), file.resolveSibling("cxone.cql"));
        Files.writeString(file, Files.readString(TestPlace.pipeline()).replace("tumbling, size:", "tumbling, sise:"));
        Launched validate = Launched.run(NO_VARIABLES, "validate", file.toString());
        assertRefused(validate, ExitCode.FINDINGS, "cxone.yaml:", "`sise`", "did you mean `size`");
    }

    @Test
    void aFileOf50MebibytesIsAFinding() throws Exception {
        Path file = TestPlace.folder("large").resolve("large.yaml");
        Files.writeString(file, "x".repeat(1 << 20) + ": {{[&a *a\n");
        for (int i = 1; i < 50; i++) {
            Files.write(file, new byte[1 << 20], StandardOpenOption.APPEND);
        }
        Launched validate = Launched.runWithin("512m", "validate", file.toString());
        assertRefused(validate, ExitCode.FINDINGS, "large.yaml:1:1: error[file-too-large]");
    }

    @Test
    void aFileWithoutEndIsAFinding() throws Exception {
        Launched validate = Launched.runWithin("512m", "validate", "/dev/zero");
        assertRefused(validate, ExitCode.FINDINGS, "/dev/zero:1:1: error[file-too-large]");
        Launched format = Launched.runWithin("512m", "fmt", "--check", "/dev/zero");
        assertRefused(format, ExitCode.FINDINGS, "/dev/zero:1:1: error[file-too-large]");
    }

    @Test
    void noFileCanTalkToTheTerminal() throws Exception {
        Path file = TestPlace.folder("terminal").resolve("\u001b[2J.yaml");
        Files.writeString(file, "\"\\e[31m\\a\": \u001b]0;title\u0007\n");
        Launched validate = Launched.run(NO_VARIABLES, "validate", file.toString());
        assertRefused(validate, ExitCode.FINDINGS, "control-character");
        assertThat(validate.output()).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
    }

    @Test
    void aMissingVariableOfTheEnvironmentIsFoundWhereItIsRead(LiveServers live) throws Exception {
        Map<String, String> environment = live.environment();
        environment.remove("KAFKA_BOOTSTRAP");
        Launched run = Launched.run(environment, "run", TestPlace.pipeline().toString());
        assertRefused(run, ExitCode.FINDINGS, "cxone.yaml:15:", "`KAFKA_BOOTSTRAP`");
    }

    @Test
    void serversThatCannotBeReachedAreNamed(LiveServers live) throws Exception {
        Map<String, String> environment = live.environment("KAFKA_BOOTSTRAP", "127.0.0.1:1");
        environment.put("CASSANDRA_HOSTS", "127.0.0.1:2");
        Launched run = Launched.run(environment, "run", TestPlace.pipeline().toString());
        assertRefused(
                run,
                ExitCode.OUTSIDE,
                "Kafka does not answer at `127.0.0.1:1`",
                "`bootstrapServers`",
                "Cassandra at 127.0.0.1:2 does not answer");
    }

    @Test
    void missingTopicsAndTablesAreNamed(LiveServers live) throws Exception {
        Path file = TestPlace.folder("absent").resolve("cxone.yaml");
        String script = Files.readString(TestPlace.root().resolve("pipelines/cxone.cql"));
        Files.writeString(file.resolveSibling("cxone.cql"), script.replace("pattern_alerts", "no_alerts"));
        Files.writeString(file, Files.readString(TestPlace.pipeline()).replace("pattern_alerts", "no_alerts"));
        Launched run =
                Launched.run(live.environment(), "run", file.toString(), "--set", "sinks.lateRecords.topic=no-topic");
        assertRefused(run, ExitCode.OUTSIDE, "no topic `no-topic`", "--create", "no_alerts", "cqlsh");
    }

    @Test
    void aPortInUseIsNamed(LiveServers live) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            Launched run =
                    Launched.run(live.environment(), "run", TestPlace.pipeline().toString(), "--port", port);
            assertRefused(run, ExitCode.OUTSIDE, port, "in use", "--port");
        }
    }

    @Test
    void noProcessOutlivesAnInterruptedDemo() throws Exception {
        try (Launched demo = Launched.start(NO_VARIABLES, "demo", "--events", "100000")) {
            demo.awaitOutput("web UI at", Duration.ofSeconds(300));
            assertThat(demo.seenDescendants()).isGreaterThanOrEqualTo(2);
            demo.interrupt();
            demo.awaitEnd(PATIENCE);
            demo.awaitNoDescendants(PATIENCE);
            assertThat(demo.exitCode()).isNotZero();
            assertNoStackTrace(demo.output());
        }
    }

    @Test
    void noProcessOutlivesADemoThatIsInterruptedWhileItsServersStart() throws Exception {
        try (Launched demo = Launched.start(NO_VARIABLES, "demo")) {
            Poll.until("servers start", PATIENCE, () -> demo.seenDescendants() >= 2);
            demo.interrupt();
            demo.awaitEnd(PATIENCE);
            demo.awaitNoDescendants(PATIENCE);
            assertThat(demo.exitCode()).isNotZero();
            assertNoStackTrace(demo.output());
        }
    }

    private static void assertRefused(Launched command, int exitCode, String... told)
            throws IOException, InterruptedException {
        assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
        assertThat(command.output()).contains(told);
        assertNoStackTrace(command.output());
        command.awaitNoDescendants(PATIENCE);
    }

    static void assertNoStackTrace(String output) {
        assertThat(output)
                .doesNotContainPattern("(?m)^\\s+at [\\w.$]+\\(")
                .doesNotContain("Exception", "Pipewright's own");
    }
}
