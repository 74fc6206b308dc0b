package io.pipewright.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a run may take, and what it leaves where. */
final class RunOptions {

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "When a run is given up (${DEFAULT-VALUE}).")
    private long timeout;

    @Option(names = "--profile", description = "Records where the time goes, and keeps what the runs leave.")
    boolean profile;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where files are kept while runs last (.pipewright in the project's folder).")
    private @Nullable Path folder;

    /** With so many seconds for a run if nothing else is given. */
    RunOptions(long timeout) {
        this.timeout = timeout;
    }

    Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    /** A folder of this process, whose name begins with that of the command. */
    Path folder(String command) {
        Path parent = folder == null ? Home.find().resolve(".pipewright") : folder.toAbsolutePath();
        return parent.resolve(command + "-" + ProcessHandle.current().pid());
    }
}
