package io.pipewright.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command that ran in this process answered. */
record Answer(int exitCode, String out, String err) {

    static Answer of(String... args) {
        return of(Main.commandLine(args), args);
    }

    /** Of a command line of its own, such as a submission's. */
    static Answer of(CommandLine line, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int exitCode = line.execute(args);
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
