package io.pipewright.app;

import io.pipewright.schema.PipelineSchemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code schema}: the JSON Schema of pipelines, for editors, with the plugins that this process sees. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of pipelines for editors, with the types of all plugins.",
        footer = {"", "Example: pipewright schema --write schema/"})
final class SchemaCommand implements Callable<Integer> {

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description =
                    "Writes it to a file; below a folder that exists, as `pipeline.schema.json`, and one schema of"
                            + " each type beside it.")
    @Nullable
    Path target;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PipelineSchemas schemas = Plugins.load().schemas();
        if (target == null) {
            out.print(schemas.pipeline());
            out.flush();
        } else if (Files.isDirectory(target)) {
            for (Map.Entry<String, String> file : schemas.files().entrySet()) {
                write(target.resolve(file.getKey()), file.getValue());
            }
        } else {
            write(target, schemas.pipeline());
        }
        return ExitCode.FINE;
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + file + "` cannot be written. Check the path and its permissions.");
        }
    }
}
