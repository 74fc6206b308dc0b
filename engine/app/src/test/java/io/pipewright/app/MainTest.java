package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** What all commands have in common. */
class MainTest {

    @Test
    void anErrorOfTheJvmIsAFaultOfOurs() {
        Answer answer = Answer.of(Main.commandLineOf(new Unlinked()));

        assertThat(answer.exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(answer.err())
                .startsWith("This is a fault of Pipewright's own.")
                .contains("gone.Away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "show", "test"})
    void theHelpShowsHowASecretIsWritten(String command) {
        Answer answer = Answer.of(Main.commandLine(command), command, "--help");

        assertThat(answer.out()).contains("${secret:name}");
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Answer.of("help").out()).isEqualTo(Answer.of("--help").out()).contains("explain", "fmt");
        assertThat(Answer.of("help", "explain").out())
                .isEqualTo(Answer.of("explain", "--help").out());

        Answer unknown = Answer.of("help", "explian");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("explian");
    }

    /** Needs a class that is not there. */
    @Command(name = "unlinked")
    private static final class Unlinked implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new NoClassDefFoundError("gone.Away");
        }
    }
}
