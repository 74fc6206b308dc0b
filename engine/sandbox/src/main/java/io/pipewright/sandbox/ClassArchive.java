package io.pipewright.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A server's archive of loaded classes (AppCDS), which cuts a third off its start: made from the running server when it
 * is first stopped or closed, kept beside its jars, used by every later start.
 *
 * <p>The file's name is {@code PROCESS-KEY-SUM.jsa}: a server of several processes has an archive for each. KEY is a checksum of the JDK's version and the jars, so an archive of
 * another build is never used; SUM is one of the file itself, because a JVM ignores some damaged archives and crashes on
 * others. The file is written under another name and moved into place: JVMs that start at once never see half of one.
 */
final class ClassArchive {
    private static final Duration DUMP_TIME = Duration.ofSeconds(120);

    private final String process;
    private final Path folder;
    private final String key;

    private ClassArchive(String process, Path folder, String key) {
        this.process = process;
        this.folder = folder;
        this.key = key;
    }

    static ClassArchive of(SandboxHome home, String server) {
        return of(home, server, server);
    }

    /** The archive of one of a server's processes. */
    static ClassArchive of(SandboxHome home, String server, String process) {
        CRC32 sum = new CRC32();
        add(sum, System.getProperty("java.vm.name") + System.getProperty("java.vm.version"));
        for (Path jar : home.jars(server)) {
            try {
                add(sum, jar + ":" + Files.size(jar) + ":" + Files.getLastModifiedTime(jar));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ClassArchive(process, home.target(server), "%08x".formatted(sum.getValue()));
    }

    private static void add(CRC32 sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The archive, if there is a sound one; a damaged one is deleted. */
    Optional<Path> usable() {
        for (Path file : files(key)) {
            if (file.getFileName().toString().equals(name(file))) {
                return Optional.of(file);
            }
            delete(file);
        }
        return Optional.empty();
    }

    /** The flags that use an archive, or have the JVM note what making one needs. */
    static List<String> flags(Optional<Path> archive) {
        return archive.map(file -> List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto"))
                .orElse(List.of("-XX:+RecordDynamicDumpInfo"));
    }

    /**
     * Has a running, ready server write an archive, if there is none; the server pauses for a few seconds. When that
     * fails, the next start is slower and nothing else.
     */
    void dump(ChildProcess child) {
        if (!child.isAlive() || !files(key).isEmpty()) {
            return;
        }
        Path draft = folder.resolve("draft-" + child.pid() + ".jsa");
        ChildProcess.Spec jcmd = new ChildProcess.Spec(
                "jcmd for " + process,
                List.of(JavaCommand.tool("jcmd"), Long.toString(child.pid()), "VM.cds", "dynamic_dump", draft + ""),
                Map.of(),
                folder,
                folder.resolve("draft-" + child.pid() + ".log"));
        try (ChildProcess dump = ChildProcess.start(jcmd)) {
            if (dump.awaitExit(DUMP_TIME) == 0 && Files.exists(draft)) {
                files("").forEach(ClassArchive::delete);
                Files.move(draft, folder.resolve(name(draft)), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | SandboxException e) {
            delete(draft);
        } finally {
            delete(draft);
            delete(jcmd.log());
        }
    }

    /** Throws the archive away; the next start makes another. */
    void discard() {
        files(key).forEach(ClassArchive::delete);
    }

    private String name(Path content) {
        CRC32 sum = new CRC32();
        try (InputStream in = Files.newInputStream(content)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum.update(buffer, 0, n);
            }
        } catch (IOException e) {
            // Another JVM may have replaced it just now: then it is not this one.
            return "";
        }
        return process + "-" + key + "-%08x.jsa".formatted(sum.getValue());
    }

    private List<Path> files(String ofKey) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches(process + "-" + ofKey + ".*\\.jsa"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
