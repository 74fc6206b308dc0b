package io.pipewright.app.casefile;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Source;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.Framing;
import io.pipewright.yaml.ScalarNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads files with something on each line, messages or rows, which stand beside the file of the cases. */
final class LineFile {

    private static final long MAX_BYTES = 16L << 20;

    private final DiagnosticCollector findings;
    private final Path folder;

    LineFile(DiagnosticCollector findings, Path folder) {
        this.findings = findings;
        this.folder = folder;
    }

    List<Arrival> read(String source, Framing framing, ScalarNode name) {
        if (framing == Framing.MESSAGES) {
            unreadable(
                    name,
                    "The messages of `" + source + "` are no lines, so no file can hold them.",
                    "give the records themselves, by their fields.");
            return List.of();
        }
        List<Arrival.Message> lines = content(name)
                .map(content -> lines(source, name.text(), content))
                .orElse(List.of());
        return framing == Framing.LINES_BELOW_HEADER ? below(lines) : List.copyOf(lines);
    }

    /** The text of a file, under the name that findings in it show. */
    Optional<Source> text(ScalarNode name) {
        return content(name)
                .map(content -> Source.of(
                        Path.of(name.span().file()).resolveSibling(name.text()).toString(),
                        new String(content, StandardCharsets.UTF_8)));
    }

    private Optional<byte[]> content(ScalarNode name) {
        try {
            Path file = folder.resolve(name.text());
            if (!Files.isRegularFile(file)) {
                unreadable(
                        name,
                        "There is no file `" + name.text() + "`.",
                        "correct the path; it is relative to the folder of this file.");
            } else if (Files.size(file) > MAX_BYTES) {
                unreadable(name, "`" + name.text() + "` is larger than 16 MiB.", "name a smaller file.");
            } else {
                return Optional.of(Files.readAllBytes(file));
            }
        } catch (InvalidPathException e) {
            unreadable(name, "`" + name.text() + "` cannot be the name of a file.", "correct the path.");
        } catch (IOException e) {
            unreadable(name, "`" + name.text() + "` cannot be read.", "check its permissions.");
        }
        return Optional.empty();
    }

    private void unreadable(ScalarNode name, String sentence, String hint) {
        findings.error("unreadable-file", name.span(), sentence, hint);
    }

    private static List<Arrival> below(List<Arrival.Message> lines) {
        return lines.stream()
                .skip(1)
                .<Arrival>map(line -> line.below(lines.get(0).bytes()))
                .toList();
    }

    private static List<Arrival.Message> lines(String source, String file, byte[] bytes) {
        List<Arrival.Message> lines = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            boolean carriage = end > start && bytes[end - 1] == '\r';
            byte[] line = Arrays.copyOfRange(bytes, start, carriage ? end - 1 : end);
            lines.add(Arrival.Message.line(source, line, new Origin(file, 0, lines.size() + 1L)));
            start = end + 1;
        }
        return lines;
    }
}
