package io.pipewright.stages.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** What {@code path} means: a file, the files of a folder, or those that a pattern matches. */
record FilePattern(String text) {

    /**
     * The files there are now, in the order of their names; empty if none.
     *
     * @throws IOException if a folder cannot be read
     */
    List<Path> files() throws IOException {
        int star = firstOf(text, "*?[{");
        if (star < 0) {
            Path path = Path.of(text);
            return Files.isDirectory(path) ? below(path, 1, any -> true) : single(path);
        }
        int slash = text.lastIndexOf('/', star);
        Path folder = Path.of(slash < 0 ? "." : text.substring(0, Math.max(1, slash)));
        PathMatcher matcher = matcher(text.substring(slash + 1));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return below(folder, Integer.MAX_VALUE, file -> matcher.matches(folder.relativize(file)));
    }

    /** Whether it is a path, or a pattern in which every bracket is closed, as far as it is known without environment. */
    boolean isRight() {
        int star = text.contains("${") ? -1 : firstOf(text, "*?[{");
        try {
            if (star >= 0) {
                matcher(text.substring(text.lastIndexOf('/', star) + 1));
            }
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static PathMatcher matcher(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    private static List<Path> single(Path path) {
        return Files.isRegularFile(path) ? List.of(path) : List.of();
    }

    private static List<Path> below(Path folder, int depth, PathMatcher matcher) throws IOException {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(file))
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHidden(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(".") || name.startsWith("_");
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
