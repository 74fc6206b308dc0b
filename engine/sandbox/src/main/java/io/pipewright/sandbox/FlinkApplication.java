package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A standalone Flink in application mode: its JobManager itself runs a main class from the jars in the folder {@code usrlib}
 * of its installation, and ends with the job.
 */
public final class FlinkApplication {

    private static final Duration RUN_TIME = Duration.ofMinutes(5);

    private FlinkApplication() {}

    /**
     * Runs an application whose job ends by itself.
     *
     * @param directory for configuration, logs and {@code usrlib}; created if absent
     * @param jars what {@code usrlib} has in it
     * @return how the JobManager ended, and what it logged
     * @throws SandboxException if the job has not ended after 5 minutes
     */
    public static CommandResult run(
            SandboxHome home,
            Path directory,
            FlinkClusterOptions options,
            List<Path> jars,
            String mainClass,
            List<String> arguments) {
        Path folder = directory.toAbsolutePath();
        FlinkProcesses processes;
        FreePorts ports = FreePorts.take(2);
        try {
            Path conf = FlinkConfiguration.write(folder, options, ports.get(0), ports.get(1));
            Path usrlib = Files.createDirectories(folder.resolve("usrlib"));
            for (Path jar : jars) {
                Files.copy(jar, usrlib.resolve(jar.getFileName()));
            }
            // Flink's home is the folder above that of its own jars.
            FlinkClusterOptions located = options.withEnvironment("FLINK_LIB_DIR", folder.resolve("lib") + "");
            processes = new FlinkProcesses(home, folder, conf, located.environment());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<ChildProcess> taskManagers = new ArrayList<>();
        try (ChildProcess jobManager = processes.jobManager(
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                Stream.concat(Stream.of("--job-classname", mainClass), arguments.stream())
                        .toList())) {
            for (int i = 0; i < options.taskManagers(); i++) {
                taskManagers.add(processes.taskManager(i));
            }
            int code = jobManager.awaitExit(RUN_TIME);
            return new CommandResult(code, jobManager.logText());
        } finally {
            taskManagers.forEach(ChildProcess::close);
            ports.close();
        }
    }
}
