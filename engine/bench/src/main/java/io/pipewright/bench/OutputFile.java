package io.pipewright.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file that a command writes when it has measured. */
final class OutputFile {

    private OutputFile() {}

    /** Refuses a file that cannot be written; asked first, for what was measured would be lost. */
    static void check(String option, @Nullable Path file, CommandSpec spec) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean fine = folder != null
                && Files.isDirectory(folder)
                && !Files.isDirectory(file)
                && Files.isWritable(Files.exists(file) ? file : folder);
        if (!fine) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`" + file + "` cannot be written; name a file in a folder that is there with `" + option + "`.");
        }
    }
}
