package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessTest {
    private static final Duration LONG = Duration.ofSeconds(120);

    @Test
    void aProcessThatEndsEarlyShowsTheEndOfItsLog() {
        try (ChildProcess child = start("echo first; echo why >&2; exit 3", Map.of())) {
            assertThatThrownBy(() -> child.awaitReady(log -> false, LONG))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("the test ended with exit code 3")
                    .hasMessageContaining("why");
        }
    }

    @Test
    void aProcessThatIsNeverReadyIsGivenUp() {
        try (ChildProcess child = start("echo starting; sleep 60", Map.of())) {
            child.awaitReady(log -> log.contains("starting"), LONG);
            assertThatThrownBy(() -> child.awaitReady(log -> false, Duration.ofMillis(200)))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("was not ready after 0 s");
            child.close();
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void aProgramThatDoesNotExistIsNamed() {
        ChildProcess.Spec spec =
                new ChildProcess.Spec("nothing", List.of("./no-such-program"), Map.of(), place(), log());
        assertThatThrownBy(() -> ChildProcess.start(spec))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void variablesReachTheProcessAndItsExitCodeComesBack() {
        try (ChildProcess child = start("echo $PLACE; exit 7", Map.of("PLACE", "here"))) {
            assertThat(child.awaitExit(LONG)).isEqualTo(7);
            assertThat(child.logText()).isEqualTo("here\n");
        }
    }

    @Test
    void aSuspendedProcessRestsUntilItIsResumed() {
        String script = "trap 'echo stopped; exit 0' TERM; echo ready; while true; do sleep 0.05; done";
        try (ChildProcess child = start(script, Map.of())) {
            child.awaitReady(log -> log.contains("ready"), LONG);
            child.suspend();
            ProcessHandle.of(child.pid()).orElseThrow().destroy();
            assertThatThrownBy(() -> child.awaitReady(log -> log.contains("stopped"), Duration.ofMillis(300)))
                    .hasMessageContaining("was not ready");
            child.resume();
            assertThat(child.awaitExit(LONG)).isZero();
            assertThat(child.logText()).contains("stopped");
        }
    }

    /** A JVM of our own starts a child and is then ended. */
    @ParameterizedTest
    @ValueSource(strings = {"exit", "SIGTERM", "SIGKILL"})
    void aChildNeverOutlivesItsParent(String way) throws Exception {
        JavaCommand parent = new JavaCommand(
                List.of(),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList(),
                Parent.class.getName(),
                List.of(way, place().toString()));
        ChildProcess.Spec spec = new ChildProcess.Spec("parent", parent.words(List.of()), Map.of(), place(), log());
        try (ChildProcess jvm = ChildProcess.start(spec)) {
            if (way.equals("exit")) {
                jvm.awaitExit(LONG);
            } else {
                jvm.awaitReady(log -> log.contains("\n"), LONG);
            }
            long pid = Long.parseLong(jvm.logText().strip());
            ProcessHandle grandchild = ProcessHandle.of(pid).orElse(null);
            if (way.equals("SIGTERM")) {
                jvm.terminate(LONG);
            } else if (way.equals("SIGKILL")) {
                jvm.kill();
            }
            if (grandchild != null) {
                grandchild.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
                assertThat(grandchild.isAlive()).isFalse();
            }
        }
    }

    /** Starts a child that would live for long. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            Path place = Path.of(args[1]);
            ChildProcess child = ChildProcess.start(new ChildProcess.Spec(
                    "grandchild", List.of("sleep", "600"), Map.of(), place, place.resolve("grandchild.log")));
            System.out.println(child.pid());
            if (!args[0].equals("exit")) {
                child.awaitExit(Duration.ofSeconds(600));
            }
        }
    }

    private static ChildProcess start(String script, Map<String, String> environment) {
        return ChildProcess.start(
                new ChildProcess.Spec("the test", List.of("sh", "-c", script), environment, place(), log()));
    }

    private static Path place() {
        return TestPlace.folder("child");
    }

    private static Path log() {
        return place().resolve("child.log");
    }
}
