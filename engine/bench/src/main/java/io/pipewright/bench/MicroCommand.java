package io.pipewright.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench micro}: the JMH suite. */
@Command(
        name = "micro",
        description = "Measures single steps with JMH: parse, expression, serializer, and each type of stage.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: pipewright bench micro Parse"})
final class MicroCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "A regular expression for the benchmarks to run; all by default.")
    String pattern = ".*";

    @Option(names = "--forks", paramLabel = "N", description = "JVMs for each (${DEFAULT-VALUE}).")
    int forks = 2;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each iteration, of which there are ten in a JVM.")
    int seconds = 2;

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include("io\\.pipewright\\.bench\\.micro\\..*" + pattern)
                        .forks(forks)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(seconds))
                        .jvmArgsAppend(new JvmFlags(1_024).all().toArray(String[]::new))
                        .shouldFailOnError(true)
                        .build())
                .run();
        return 0;
    }
}
