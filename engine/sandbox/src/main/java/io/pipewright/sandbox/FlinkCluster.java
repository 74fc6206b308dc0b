package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone Flink session cluster: a JobManager and TaskManagers, each a process of its own that can be killed and
 * started again, and Flink's own command line. Ready in about 6 s.
 *
 * <p>TaskManagers are numbered from 0. Checkpoints and savepoints lie below the given folder.
 */
public final class FlinkCluster implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofSeconds(120);
    private static final Duration COMMAND_TIME = Duration.ofSeconds(180);
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Path: (\\S+)");

    private final FlinkProcesses processes;
    private final FreePorts ports;
    private final URI address;
    private final FlinkRest rest;
    private final List<ChildProcess> taskManagers = new ArrayList<>();
    private final ChildProcess jobManager;
    private int commands;

    private FlinkCluster(FlinkProcesses processes, FreePorts ports) {
        this.processes = processes;
        this.ports = ports;
        this.address = URI.create("http://127.0.0.1:" + ports.get(1));
        this.rest = new FlinkRest(address);
        this.jobManager = processes.jobManager(
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", List.of());
    }

    /**
     * Starts a cluster and waits until all its slots are registered.
     *
     * @param directory for configuration, logs, checkpoints; created if absent
     * @throws SandboxException if a process does not start; with the end of its log
     */
    public static FlinkCluster start(SandboxHome home, Path directory, FlinkClusterOptions options) {
        Path folder = directory.toAbsolutePath();
        FreePorts ports = FreePorts.take(2);
        Path conf;
        try {
            conf = FlinkConfiguration.write(folder, options, ports.get(0), ports.get(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FlinkCluster cluster = new FlinkCluster(new FlinkProcesses(home, folder, conf, options.environment()), ports);
        try {
            for (int i = 0; i < options.taskManagers(); i++) {
                cluster.taskManagers.add(cluster.processes.taskManager(i));
            }
            cluster.awaitSlots(options.taskManagers() * options.slots());
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The address of the REST interface and the web UI. */
    public URI address() {
        return address;
    }

    /** The REST interface. */
    public FlinkRest rest() {
        return rest;
    }

    /**
     * Waits until exactly so many slots are registered.
     *
     * @throws SandboxException after 120 s, or as soon as a process of the cluster that was not killed has ended
     */
    public void awaitSlots(int slots) {
        jobManager.awaitReady(
                log -> {
                    if (log.isEmpty()) {
                        return false;
                    }
                    failIfEnded();
                    try {
                        return rest.slots() == slots;
                    } catch (SandboxException e) {
                        return false;
                    }
                },
                START_TIME);
    }

    private void failIfEnded() {
        for (ChildProcess taskManager : taskManagers) {
            if (!taskManager.isAlive() && !taskManager.killed()) {
                taskManager.awaitReady(log -> false, Duration.ZERO);
            }
        }
    }

    /** Kills a TaskManager (SIGKILL). The JobManager notices after some seconds. */
    public void killTaskManager(int number) {
        taskManagers.get(number).kill();
    }

    /** Starts a killed TaskManager again; does not wait for its slots. */
    public void startTaskManager(int number) {
        if (!taskManagers.get(number).isAlive()) {
            taskManagers.set(number, processes.taskManager(number));
        }
    }

    /** The process id of a TaskManager. */
    public long taskManagerPid(int number) {
        return taskManagers.get(number).pid();
    }

    /** Everything a TaskManager has logged since its last start. */
    public String taskManagerLog(int number) {
        return taskManagers.get(number).logText();
    }

    /** Everything the JobManager has logged. */
    public String jobManagerLog() {
        return jobManager.logText();
    }

    /**
     * Runs Flink's command line, as {@code flink ARGUMENTS} would.
     *
     * @throws SandboxException if it does not end within 180 s
     */
    public CommandResult flink(Map<String, String> environment, String... arguments) {
        try (ChildProcess cli = processes.commandLine("flink-" + commands++, environment, List.of(arguments))) {
            int code = cli.awaitExit(COMMAND_TIME);
            return new CommandResult(code, cli.logText());
        }
    }

    /** {@code flink run -d JAR ARGUMENTS}: submits a job and does not wait for its end. */
    public CommandResult submit(Path jar, String... arguments) {
        return flink(
                Map.of(),
                Stream.concat(Stream.of("run", "-d", jar.toString()), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    /** {@code flink run -d -s SAVEPOINT JAR ARGUMENTS}: submits a job that goes on from a savepoint. */
    public CommandResult restore(String savepoint, Path jar, String... arguments) {
        return flink(
                Map.of(),
                Stream.concat(Stream.of("run", "-d", "-s", savepoint, jar.toString()), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    /** The id of the job that a successful {@link #submit} started. */
    public static String jobId(CommandResult submission) {
        Matcher matcher = JOB_ID.matcher(submission.output());
        if (submission.exitCode() != 0 || !matcher.find()) {
            throw new SandboxException(
                    "The submission ended with exit code " + submission.exitCode() + ":\n" + submission.output());
        }
        return matcher.group(1);
    }

    /** Where a successful {@link #stop} or {@link #savepoint} left its savepoint. */
    public static String savepointPath(CommandResult result) {
        Matcher matcher = SAVEPOINT.matcher(result.output());
        if (result.exitCode() != 0 || !matcher.find()) {
            throw new SandboxException(
                    "No savepoint was taken; exit code " + result.exitCode() + ":\n" + result.output());
        }
        return matcher.group(1);
    }

    /** {@code flink stop}: takes a savepoint and ends the job; with {@code drain} the final watermark fires first. */
    public CommandResult stop(String jobId, boolean drain) {
        return drain ? flink(Map.of(), "stop", "--drain", jobId) : flink(Map.of(), "stop", jobId);
    }

    /** {@code flink savepoint}: takes a savepoint of a job that goes on. */
    public CommandResult savepoint(String jobId) {
        return flink(Map.of(), "savepoint", jobId);
    }

    @Override
    public void close() {
        processes.keepClasses(jobManager, taskManagers);
        taskManagers.forEach(ChildProcess::close);
        jobManager.close();
        ports.close();
    }
}
