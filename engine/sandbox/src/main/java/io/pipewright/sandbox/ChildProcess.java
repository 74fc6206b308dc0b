package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One child process that never outlives this JVM: closed, it is killed; when this JVM ends, a shutdown hook kills it; when
 * this JVM is killed itself, a guard - a shell that waits for the end of its standard input - does.
 */
final class ChildProcess implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int TAIL_LINES = 25;

    private final String name;
    private final Path log;
    private final Process process;
    private final Process guard;
    private final Thread hook;
    private volatile boolean killed;

    private ChildProcess(String name, Path log, Process process, Process guard) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.guard = guard;
        this.hook = new Thread(this::destroy, "stop " + name);
    }

    /**
     * What to start.
     *
     * @param name how messages call the process
     * @param command the program and its arguments
     * @param environment variables added to this JVM's own
     * @param log the file that takes standard output and standard error; truncated at the start
     */
    record Spec(String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        Spec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    static ChildProcess start(Spec spec) {
        try {
            Files.createDirectories(spec.directory());
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(spec.command())
                    .directory(spec.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(spec.log().toFile());
            builder.environment().putAll(spec.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            ChildProcess child = new ChildProcess(spec.name(), spec.log(), process, guard(process.pid()));
            process.onExit().thenRun(child.guard::destroyForcibly);
            child.endWithThisJvm();
            return child;
        } catch (IOException e) {
            throw new SandboxException("Cannot start " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    private void endWithThisJvm() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            destroy();
            throw new SandboxException("Cannot start " + name + ": the program is ending.", e);
        }
    }

    private static Process guard(long pid) throws IOException {
        String script = "trap '' INT TERM HUP; read -r line; kill -9 \"$0\" 2>/dev/null";
        return new ProcessBuilder("sh", "-c", script, Long.toString(pid))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Waits until the process is ready.
     *
     * @param ready looks at the log so far; asked every 50 ms
     * @throws SandboxException if the process ends first or the time is over; with the end of its log
     */
    void awaitReady(Predicate<String> ready, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!ready.test(logText())) {
            if (exitedWithin(POLL)) {
                throw new SandboxException(name + " ended with exit code " + process.exitValue()
                        + " before it was ready. The end of " + log + ":\n" + logTail());
            }
            if (System.nanoTime() > end) {
                throw new SandboxException(name + " was not ready after " + timeout.toSeconds() + " s. The end of "
                        + log + ":\n" + logTail());
            }
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether {@link #kill} ended the process. */
    boolean killed() {
        return killed;
    }

    long pid() {
        return process.pid();
    }

    /** Everything that the process has written so far. */
    String logText() {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String logTail() {
        String[] lines = logText().split("\n");
        return String.join("\n", Arrays.asList(lines).subList(Math.max(0, lines.length - TAIL_LINES), lines.length));
    }

    /** Stops the process in its tracks (SIGSTOP): to others it hangs. */
    void suspend() {
        signal("STOP");
    }

    /** Lets a suspended process go on (SIGCONT). */
    void resume() {
        signal("CONT");
    }

    /** Asks the process to end (SIGTERM), kills it after the time, and waits for its end; its exit code. */
    int terminate(Duration patience) {
        process.destroy();
        if (!exitedWithin(patience)) {
            process.destroyForcibly();
        }
        return ended();
    }

    /** Kills the process (SIGKILL) and waits for its end. */
    void kill() {
        killed = true;
        process.destroyForcibly();
        ended();
    }

    /** Waits for the end; kills the process when the time is over. */
    int awaitExit(Duration timeout) {
        if (!exitedWithin(timeout)) {
            kill();
            throw new SandboxException(
                    name + " did not end within " + timeout.toSeconds() + " s. The end of its output:\n" + logTail());
        }
        return ended();
    }

    @Override
    public void close() {
        kill();
    }

    private void destroy() {
        process.destroyForcibly();
        guard.destroyForcibly();
    }

    private int ended() {
        if (!exitedWithin(Duration.ofSeconds(20))) {
            throw new SandboxException(name + " (process " + pid() + ") does not end after SIGKILL.");
        }
        guard.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook is running or has run.
            return process.exitValue();
        }
        return process.exitValue();
    }

    private boolean exitedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            destroy();
            throw new SandboxException("Interrupted while waiting for " + name + ".", e);
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " \"$0\"", Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            if (kill.waitFor() != 0) {
                throw new SandboxException("Cannot send SIG" + signal + " to " + name + " (process " + pid() + ").");
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot send SIG" + signal + " to " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while sending SIG" + signal + " to " + name + ".", e);
        }
    }
}
