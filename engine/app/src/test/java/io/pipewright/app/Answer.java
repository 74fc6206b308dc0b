package io.pipewright.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine;

/** What a command that ran in this process answered. */
record Answer(int exitCode, String out, String err) {

    static Answer of(String... args) {
        return of((out, err) -> Main.execute(out, err, args));
    }

    /** Of {@code test}, for a pipeline and its cases; {@code cases} is the list of them. */
    static Answer ofCases(Path folder, String pipeline, String cases) throws IOException {
        Files.writeString(folder.resolve("tested.yaml"), pipeline);
        Path file = folder.resolve("tested.test.yaml");
        Files.writeString(file, "apiVersion: pipelineTest/v1\npipeline: tested.yaml\ncases:\n" + cases);
        return of("test", file.toString());
    }

    /** Of a command line of its own, such as a submission's. */
    static Answer of(CommandLine line, String... args) {
        return of((out, err) -> line.setOut(out).setErr(err).execute(args));
    }

    private static Answer of(ToIntBiFunction<PrintWriter, PrintWriter> command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = command.applyAsInt(new PrintWriter(out, true), new PrintWriter(err, true));
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
