package io.pipewright.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A Java server as a child process that can be stopped and started again in the same folder, with its archive of classes.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofSeconds(120);

    private final String name;
    private final JavaCommand command;
    private final ClassArchive archive;
    private final Path directory;
    private final Predicate<String> ready;
    private ChildProcess child;

    private ServerProcess(
            String name, JavaCommand command, ClassArchive archive, Path directory, Predicate<String> ready) {
        this.name = name;
        this.command = command;
        this.archive = archive;
        this.directory = directory;
        this.ready = ready;
        this.child = launch();
    }

    /** Starts the server and waits until it is ready. */
    static ServerProcess start(
            String name, JavaCommand command, ClassArchive archive, Path directory, Predicate<String> ready) {
        return new ServerProcess(name, command, archive, directory, ready);
    }

    /** Starts the stopped server again; does nothing to a running one. */
    synchronized void startAgain() {
        if (!child.isAlive()) {
            child = launch();
        }
    }

    private ChildProcess launch() {
        Optional<Path> classes = archive.usable();
        try {
            return launch(classes);
        } catch (SandboxException e) {
            if (classes.isEmpty()) {
                throw e;
            }
            ChildProcess without = launch(Optional.empty());
            // So it starts: the archive is to blame although it is sound. When we are interrupted, it is kept.
            archive.discard();
            return without;
        }
    }

    private ChildProcess launch(Optional<Path> classes) {
        ChildProcess started = ChildProcess.start(new ChildProcess.Spec(
                name,
                command.words(ClassArchive.flags(classes)),
                Map.of(),
                directory,
                directory.resolve("server.log")));
        try {
            started.awaitReady(ready, START_TIME);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    synchronized ChildProcess child() {
        return child;
    }

    /** Makes the archive of classes if there is none yet, then asks the server to end (SIGTERM); its data stay. */
    synchronized void stop(Duration patience) {
        archive.dump(child);
        child.terminate(patience);
    }

    /** Makes the archive of classes if there is none yet, then kills the server: what it holds is thrown away. */
    @Override
    public synchronized void close() {
        try {
            if (child.isAlive()) {
                child.resume();
                archive.dump(child);
            }
        } finally {
            child.close();
        }
    }
}
