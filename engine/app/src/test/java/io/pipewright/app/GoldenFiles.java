package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what was made with committed files; with {@code -Dpipewright.update=true} writes them, and fails. */
final class GoldenFiles {

    private GoldenFiles() {}

    /** The whole content of a folder: texts by path. Each file must be there, and no other one. */
    static void assertFolder(Path folder, Map<String, String> expected) {
        try {
            if (Boolean.getBoolean("pipewright.update")) {
                update(folder, expected);
                fail("The files of " + folder + " were written anew. Read the diff, and run without the flag.");
            }
            assertThat(new TreeSet<>(read(folder).keySet()))
                    .as("files of %s; `mvn verify -Dpipewright.update=true` writes them anew", folder)
                    .isEqualTo(new TreeSet<>(expected.keySet()));
            assertThat(read(folder)).isEqualTo(new TreeMap<>(expected));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file. */
    static void assertFile(Path golden, String text) throws IOException {
        String before = Files.exists(golden) ? Files.readString(golden) : "";
        if (Boolean.getBoolean("pipewright.update") && !before.equals(text)) {
            Files.writeString(golden, text);
            fail("%s was written. Look at it, and run again without -Dpipewright.update.", golden);
        }
        assertThat(text).isEqualTo(before);
    }

    private static void update(Path folder, Map<String, String> expected) throws IOException {
        for (String file : read(folder).keySet()) {
            if (!expected.containsKey(file)) {
                Files.delete(folder.resolve(file));
            }
        }
        for (Map.Entry<String, String> file : expected.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    found.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            }
        }
        return found;
    }
}
