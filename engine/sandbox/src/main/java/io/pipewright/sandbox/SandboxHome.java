package io.pipewright.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the jars of the servers lie: below {@code engine/sandbox/servers} of the project, which the build has filled.
 *
 * @param servers the folder with one folder per server, each with {@code target/lib}
 */
public record SandboxHome(Path servers) {

    /** The home below the root folder of the project. */
    public static SandboxHome ofProject(Path root) {
        return new SandboxHome(root.toAbsolutePath().normalize().resolve("engine/sandbox/servers"));
    }

    /**
     * The jars of one server, sorted by name: archives of classes want the same order at every start.
     *
     * @throws SandboxException if the build has not collected them
     */
    List<Path> jars(String server) {
        Path lib = target(server).resolve("lib");
        try (Stream<Path> files = Files.list(lib)) {
            List<Path> jars =
                    files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
            if (!jars.isEmpty()) {
                return jars;
            }
        } catch (IOException e) {
            throw missing(lib, e);
        }
        throw missing(lib, null);
    }

    Path target(String server) {
        return servers.resolve(server).resolve("target");
    }

    private static SandboxException missing(Path lib, @Nullable IOException cause) {
        return new SandboxException(
                "No server jars in " + lib + ": run `mvn -q -pl engine/sandbox -am generate-resources` first.", cause);
    }
}
