package io.pipewright.app;

import io.pipewright.app.picture.GraphPicture;
import io.pipewright.app.picture.NoFontsException;
import io.pipewright.app.picture.PictureFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graph}: the picture of a pipeline, as an image or as text for Mermaid or Graphviz. */
@Command(
        name = "graph",
        description = "Draws a pipeline: its entries with keys and windows, the ports between them, and their records.",
        footer = {"", "Example: pipewright graph pipelines/cxone.yaml --output cxone.svg"})
final class GraphCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The pipeline's file.")
    Path file = Path.of("");

    @Option(
            names = "--format",
            description = "What the picture is: ${COMPLETION-CANDIDATES}."
                    + " Without it the ending of the output's name says so, else it is mermaid.")
    @Nullable
    PictureFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "Where the picture goes, instead of being printed.")
    @Nullable
    Path output;

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        PictureFormat drawn = drawnFormat();
        PrintWriter out = spec.commandLine().getOut();
        GraphPicture picture = GraphPicture.of(
                options.load(file, false, System.getenv(), spec.commandLine().getErr()));
        byte[] content = draw(picture, drawn);
        if (output != null) {
            write(content, output);
        } else if (drawn == PictureFormat.png) {
            System.out.write(content, 0, content.length);
            System.out.flush();
        } else {
            out.print(new String(content, StandardCharsets.UTF_8));
            out.flush();
        }
        return ExitCode.FINE;
    }

    private PictureFormat drawnFormat() {
        if (format != null) {
            return format;
        }
        if (output == null) {
            return PictureFormat.mermaid;
        }
        String name = output.toString();
        return PictureFormat.ofFile(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "`" + name + "` does not end as a picture does (" + endings()
                                + "). Rename it, or add --format."));
    }

    private static String endings() {
        return Arrays.stream(PictureFormat.values()).map(PictureFormat::ending).collect(Collectors.joining(", "));
    }

    private static byte[] draw(GraphPicture picture, PictureFormat format) {
        try {
            return format.draw(picture);
        } catch (NoFontsException e) {
            throw new CommandFailure(
                    ExitCode.OUTSIDE,
                    e.getMessage() + " Install fontconfig and a font, such as Debian's fonts-dejavu-core, or let"
                            + " --format svg draw the picture.");
        }
    }

    private static void write(byte[] content, Path file) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + file + "` cannot be written. Check its folder and its permissions.");
        }
    }
}
