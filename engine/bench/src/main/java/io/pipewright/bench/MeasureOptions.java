package io.pipewright.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every measurement takes that runs in JVMs of its own, and what commands do alike with it. */
final class MeasureOptions {

    @Option(names = "--rounds", paramLabel = "N", description = "How often each runs (${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Events, rows or messages that each JVM has before its run (${DEFAULT-VALUE}).")
    long warmUp;

    @Option(names = "--heap", paramLabel = "MB", description = "The heap of each JVM (${DEFAULT-VALUE}).")
    int heap;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes all of it as JSON.")
    @Nullable
    Path report;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    /** With these for what is not given. */
    MeasureOptions(int rounds, long warmUp, int heap) {
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.heap = heap;
    }

    /** Refuses what cannot be, as wrong usage. */
    void check() {
        check(rounds >= 1, "`--rounds` is 1 or more.");
        check(warmUp >= 0, "`--warm-up` is not negative.");
        check(heap >= JvmFlags.LEAST_HEAP, "`--heap` is 512 or more.");
        OutputFile.check("--report", report, spec);
    }

    /** Refuses what is not met, as wrong usage. */
    void check(boolean met, String sentence) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Says that results differ from what is expected, and gives the exit code that tells a caller so. */
    int differences(String sentence) {
        spec.commandLine().getErr().println(sentence);
        return 1;
    }

    /** Writes what was measured, if a file is wanted. */
    void write(Object measured) throws IOException {
        if (report != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(report.toFile(), measured);
        }
    }
}
