package io.pipewright.app;

import io.pipewright.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of ours among the files and folders that a command is given.
 *
 * <p>A file is known by a line that begins with {@code apiVersion:} and the version that is wanted. So overlays and other
 * YAML are none of ours, and a pipeline that is no YAML yet is one. Whether it is written in the braces of JSON is not
 * looked at.
 */
enum PipelineFiles {
    PIPELINES("pipeline/"),
    PIPELINES_AND_TESTS("pipeline(Test)?/");

    private static final String KEY = "apiVersion";

    /** A byte order mark and a quote. */
    private static final int MOST_BEFORE_KEY = 2;

    private final Pattern version;

    PipelineFiles(String version) {
        this.version = Pattern.compile("\\uFEFF?[\"']?apiVersion[\"']?\\s*:\\s*[\"']?" + version);
    }

    /**
     * The files as they are named, and in the place of each folder those of ours below it, in alphabetical order; folders
     * whose names begin with a dot are left out. Each file is there once.
     *
     * @param oursOnly whether also of the files only those are wanted that are ours
     */
    Set<Path> among(List<Path> named, boolean oursOnly) {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                collect(path, this::isOursByName, files);
            } else if (!oursOnly || isOurs(path)) {
                files.add(path);
            }
        }
        return files;
    }

    /** The failure of a command that was given folders without any of ours. */
    CommandFailure none(List<Path> named) {
        String versions = this == PIPELINES
                ? "`apiVersion: pipeline/`"
                : "`apiVersion: pipeline/` or `apiVersion: pipelineTest/`";
        return new CommandFailure(
                ExitCode.USAGE,
                "There is no pipeline below `" + named.get(0) + "`: no YAML file has a line that begins with "
                        + versions + ".");
    }

    private boolean isOursByName(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && isOurs(file);
    }

    /**
     * Adds the files below a folder that are wanted, in alphabetical order; folders whose names begin with a dot are left
     * out, and links to folders.
     */
    static void collect(Path folder, Predicate<Path> wanted, Set<Path> found) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                boolean hidden = String.valueOf(entry.getFileName()).startsWith(".");
                if (Files.isDirectory(entry) && !hidden && !Files.isSymbolicLink(entry)) {
                    collect(entry, wanted, found);
                } else if (Files.isRegularFile(entry) && wanted.test(entry)) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The folder `" + folder + "` cannot be read. Check its permissions.");
        }
    }

    /** As much of a file as a pipeline may have, and a byte more where it has more: it need not fit into memory. */
    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    static byte[] read(InputStream in) throws IOException {
        return in.readNBytes(YamlReader.MAX_BYTES + 1);
    }

    /** A file that cannot be read counts as ours, so that it is told of. */
    private boolean isOurs(Path file) {
        try {
            String text = new String(read(file), StandardCharsets.UTF_8);
            Matcher line = version.matcher(text);
            for (int key = text.indexOf(KEY); key >= 0; key = text.indexOf(KEY, key + 1)) {
                for (int start = key; start >= 0 && start >= key - MOST_BEFORE_KEY; start--) {
                    if (isLineStart(text, start)
                            && line.region(start, text.length()).lookingAt()) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isLineStart(String text, int index) {
        return index == 0 || text.charAt(index - 1) == '\n' || text.charAt(index - 1) == '\r';
    }
}
