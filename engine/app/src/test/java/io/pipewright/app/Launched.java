package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.Poll;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command in a JVM of its own, started as the launcher starts it, whose children are watched. */
final class Launched implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final Set<ProcessHandle> descendants = ConcurrentHashMap.newKeySet();

    private Launched(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts {@code pipewright ARGUMENTS}; of the pipeline's variables it has the given ones alone. */
    static Launched start(Map<String, String> environment, String... arguments) {
        return start(classPath("lib", "lib/show", "lib/run"), "io.pipewright.app.Main", environment, arguments);
    }

    /** Starts another main class, or on another class path. */
    static Launched start(String classPath, String mainClass, Map<String, String> environment, String... arguments) {
        return start(classPath, mainClass, "768m", environment, arguments);
    }

    private static Launched start(
            String classPath, String mainClass, String heap, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + heap));
        command.add("-Dpipewright.home=" + TestPlace.root());
        command.add("-Djava.io.tmpdir=" + TestPlace.folder("tmp"));
        command.add("-Dlog4j2.configurationFile=log4j2-pipewright.properties");
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(Arrays.asList(arguments));
        try {
            Path folder = TestPlace.folder("launched");
            Path log = folder.resolve("output.txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.matches("(KAFKA|CASSANDRA|CXONE)_.*"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new Launched(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    static Launched run(Map<String, String> environment, String... arguments) throws InterruptedException {
        try (Launched command = start(environment, arguments)) {
            command.awaitEnd(Duration.ofSeconds(180));
            return command;
        }
    }

    /** Runs a command to its end with so much memory, such as {@code 512m}. */
    static Launched runWithin(String heap, String... arguments) throws InterruptedException {
        try (Launched command =
                start(classPath("lib", "lib/show", "lib/run"), "io.pipewright.app.Main", heap, Map.of(), arguments)) {
            command.awaitEnd(Duration.ofSeconds(180));
            return command;
        }
    }

    /** The class path that the launcher makes of the app and some folders of jars. */
    static String classPath(String... folders) {
        return Stream.concat(
                        Stream.of(TestPlace.target().resolve("pipewright-app.jar")),
                        Stream.of(folders).map(folder -> TestPlace.target().resolve(folder + "/*")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    void awaitOutput(String text, Duration patience) throws InterruptedException {
        Poll.until("the output has `" + text + "`", patience, () -> {
            process.descendants().forEach(descendants::add);
            return output().contains(text) || !process.isAlive();
        });
        assertThat(output()).contains(text);
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        Poll.until("the command has ended; it said: " + output(), patience, () -> {
            process.descendants().forEach(descendants::add);
            return !process.isAlive();
        });
    }

    /** How many children were seen so far, and children's children. */
    int seenDescendants() {
        process.descendants().forEach(descendants::add);
        return descendants.size();
    }

    /** Waits until every process that the command started has ended. */
    void awaitNoDescendants(Duration patience) throws InterruptedException {
        Poll.until("no process is left", patience, () -> descendants.stream().noneMatch(ProcessHandle::isAlive));
    }

    int exitCode() {
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGINT, as Ctrl-C does; SIGTERM where whoever started us had SIGINT ignored, which children inherit. */
    void interrupt() throws IOException, InterruptedException {
        String signal = ignoresInterrupts() ? "TERM" : "INT";
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
