package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A server's archive of loaded classes (AppCDS), which cuts a third off its start: made from the running server when it
 * is first closed, kept beside its jars, used by every later start.
 *
 * <p>The file's name holds a checksum of the JDK's version and the jars, so an archive of another build is never used. It
 * is written under a name of its own and moved into place, so JVMs that start at once never see half of one. An archive
 * that turns out bad is thrown away.
 */
final class ClassArchive {
    private static final Duration DUMP_TIME = Duration.ofSeconds(30);
    private static final long SMALLEST = 1 << 20;

    private final String server;
    private final Path folder;
    private final Path file;

    private ClassArchive(String server, Path folder, String name) {
        this.server = server;
        this.folder = folder;
        this.file = folder.resolve(name);
    }

    static ClassArchive of(SandboxHome home, String server) {
        CRC32 sum = new CRC32();
        add(sum, System.getProperty("java.vm.name") + System.getProperty("java.vm.version"));
        for (Path jar : home.jars(server)) {
            try {
                add(sum, jar + ":" + Files.size(jar) + ":" + Files.getLastModifiedTime(jar));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String name = "classes-%08x.jsa".formatted(sum.getValue());
        return new ClassArchive(server, home.target(server), name);
    }

    private static void add(CRC32 sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    /** The flags that use the archive, or have the JVM note what one needs. A bad archive is a warning to the JVM. */
    List<String> flags() {
        return exists()
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto")
                : List.of("-XX:+RecordDynamicDumpInfo");
    }

    /** Has a running, ready server write the archive, if there is none; the server pauses for a few seconds. */
    void dump(ChildProcess child) {
        if (exists() || !child.isAlive()) {
            return;
        }
        Path draft = file.resolveSibling(file.getFileName() + "." + child.pid() + ".tmp");
        ChildProcess.Spec jcmd = new ChildProcess.Spec(
                "jcmd for " + server,
                List.of(
                        JavaCommand.tool("jcmd"),
                        Long.toString(child.pid()),
                        "VM.cds",
                        "dynamic_dump",
                        draft.toString()),
                Map.of(),
                folder,
                file.resolveSibling(file.getFileName() + "." + child.pid() + ".log"));
        try (ChildProcess dump = ChildProcess.start(jcmd)) {
            boolean written = dump.awaitExit(DUMP_TIME) == 0 && Files.exists(draft) && Files.size(draft) > SMALLEST;
            if (written) {
                deleteOthers();
                move(draft);
            }
        } catch (IOException | SandboxException e) {
            // Only the next start is slower.
            discard(draft);
        } finally {
            discard(draft);
            discard(jcmd.log());
        }
    }

    /** Throws the archive away; the next start makes another. */
    void discard() {
        discard(file);
    }

    private void move(Path draft) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            discard(draft);
        }
    }

    private void deleteOthers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.getFileName().toString().matches("classes-[0-9a-f]{8}\\.jsa") && !f.equals(file))
                    .forEach(ClassArchive::discard);
        }
    }

    private static void discard(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
