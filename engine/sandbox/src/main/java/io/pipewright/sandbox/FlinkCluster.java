package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
    private static final String OPENS = "java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect java.text"
            + " java.time java.util java.util.concurrent java.util.concurrent.atomic java.util.concurrent.locks";

    private final List<Path> jars;
    private final ClassArchive jobManagerClasses;
    private final ClassArchive taskManagerClasses;
    private final Path directory;
    private final Path conf;
    private final FlinkClusterOptions options;
    private final URI address;
    private final FlinkRest rest;
    private final List<ChildProcess> taskManagers = new ArrayList<>();
    private ChildProcess jobManager;
    private int commands;

    private FlinkCluster(SandboxHome home, Path directory, Path conf, FlinkClusterOptions options, int restPort) {
        this.jars = home.jars("flink");
        this.jobManagerClasses = ClassArchive.of(home, "flink", "jobmanager");
        this.taskManagerClasses = ClassArchive.of(home, "flink", "taskmanager");
        this.directory = directory;
        this.conf = conf;
        this.options = options;
        this.address = URI.create("http://127.0.0.1:" + restPort);
        this.rest = new FlinkRest(address);
        this.jobManager = launchJobManager();
    }

    /**
     * Starts a cluster and waits until all its slots are registered.
     *
     * @param directory for configuration, logs, checkpoints; created if absent
     * @throws SandboxException if a process does not start; with the end of its log
     */
    public static FlinkCluster start(SandboxHome home, Path directory, FlinkClusterOptions options) {
        Path folder = directory.toAbsolutePath();
        List<Integer> ports = FreePorts.take(2);
        Path conf;
        try {
            conf = FlinkConfiguration.write(folder, options, ports.get(0), ports.get(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FlinkCluster cluster = new FlinkCluster(home, folder, conf, options, ports.get(1));
        try {
            for (int i = 0; i < options.taskManagers(); i++) {
                cluster.taskManagers.add(cluster.launchTaskManager(i));
            }
            cluster.awaitSlots(options.taskManagers() * options.slots());
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private ChildProcess launchJobManager() {
        return launch(
                "Flink JobManager",
                "jobmanager",
                jobManagerClasses,
                List.of("-Xmx448m"),
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    }

    private ChildProcess launchTaskManager(int number) {
        return launch(
                "Flink TaskManager " + number,
                "taskmanager-" + number,
                taskManagerClasses,
                List.of("-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:MaxMetaspaceSize=256m"),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    }

    private ChildProcess launch(String name, String log, ClassArchive classes, List<String> memory, String mainClass) {
        JavaCommand command =
                new JavaCommand(flags(memory, "log4j.properties"), jars, mainClass, List.of("--configDir", conf + ""));
        return ChildProcess.start(new ChildProcess.Spec(
                name,
                command.words(ClassArchive.flags(classes.usable())),
                options.environment(),
                directory,
                directory.resolve(log + ".log")));
    }

    private List<String> flags(List<String> memory, String logging) {
        Stream<String> exports = Stream.of(
                        "java.base/sun.net.util", "java.rmi/sun.rmi.registry", "java.security.jgss/sun.security.krb5")
                .map(e -> "--add-exports=" + e + "=ALL-UNNAMED");
        Stream<String> opens = Arrays.stream(OPENS.split(" ")).map(p -> "--add-opens=java.base/" + p + "=ALL-UNNAMED");
        Stream<String> always = Stream.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dlog4j.configurationFile=" + conf.resolve(logging).toUri());
        return Stream.of(memory.stream(), always, exports, opens)
                .flatMap(s -> s)
                .toList();
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

    /** Kills a TaskManager (SIGKILL). The JobManager notices after up to 5 s. */
    public void killTaskManager(int number) {
        taskManagers.get(number).kill();
    }

    /** Starts a killed TaskManager again; does not wait for its slots. */
    public void startTaskManager(int number) {
        if (!taskManagers.get(number).isAlive()) {
            taskManagers.set(number, launchTaskManager(number));
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
        Path log = directory.resolve("flink-" + commands++ + ".log");
        JavaCommand command = new JavaCommand(
                flags(List.of("-Xmx512m"), "log4j-cli.properties"),
                jars,
                "org.apache.flink.client.cli.CliFrontend",
                List.of(arguments));
        Map<String, String> variables = new HashMap<>(options.environment());
        variables.putAll(environment);
        variables.put("FLINK_CONF_DIR", conf.toString());
        // It has most classes in common with the JobManager.
        List<String> words = command.words(
                jobManagerClasses.usable().isEmpty() ? List.of() : ClassArchive.flags(jobManagerClasses.usable()));
        try (ChildProcess cli =
                ChildProcess.start(new ChildProcess.Spec("flink " + arguments[0], words, variables, directory, log))) {
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
        jobManagerClasses.dump(jobManager);
        taskManagers.stream().filter(ChildProcess::isAlive).findFirst().ifPresent(taskManagerClasses::dump);
        taskManagers.forEach(ChildProcess::close);
        jobManager.close();
    }
}
