package io.pipewright.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.stage.StageInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code new}: the first version of a pipeline, which runs as it is, or of a plugin, which builds as it is. */
@Command(
        name = "new",
        description = {
            "Writes a new pipeline that runs as it is, with a record that fits your events;",
            "with --stage, the project of a new type of stage, in a jar of its own."
        },
        footer = {
            "",
            "Example: pipewright new orders --from-json orders.jsonl",
            "         pipewright new --stage onChange plugins/onchange"
        })
final class NewCommand implements Callable<Integer> {

    private static final int MOST_SAMPLES = 10_000;

    private static final List<String> SAMPLES = List.of(
            "{\"orderId\": \"o1\", \"shop\": \"north\", \"amount\": 12.5, \"orderedAt\": \"2026-01-01T10:00:00Z\"}",
            "{\"orderId\": \"o2\", \"shop\": \"south\", \"amount\": 7, \"orderedAt\": \"2026-01-01T10:00:20Z\"}",
            "{\"orderId\": \"o3\", \"shop\": \"north\", \"amount\": 30.25, \"orderedAt\": \"2026-01-01T10:01:10Z\"}");

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The pipeline's name; the file is NAME.yaml. With --stage, the project's folder.")
    @Nullable
    String given;

    @Option(
            names = "--stage",
            paramLabel = "TYPE",
            description = "Writes a Maven project with a stage of this type, its test, and a pipeline that uses it.")
    @Nullable
    String stage;

    @Option(
            names = "--from-json",
            paramLabel = "FILE",
            description = "Events of yours, a JSON object on each line: the record is made to fit the first 10000.")
    @Nullable
    Path samples;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "Where to write; here if absent.")
    Path folder = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        if (stage != null) {
            return newStage(stage);
        }
        String name = given == null ? "pipeline" : given;
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "`" + name
                            + "` cannot be the name of a pipeline. Use letters, digits, `-` and `_`, a letter first.");
        }
        Path file = folder.resolve(name + ".yaml");
        refuseToReplace(file);
        Path events = samples == null ? folder.resolve(name + ".jsonl") : samples;
        if (samples == null) {
            refuseToReplace(events);
        }
        SampleRecord record = samples == null ? read(SAMPLES.iterator(), events) : readFile(samples);
        Path from = folder.toAbsolutePath().normalize();
        Path schema = Path.of(System.getProperty("pipewright.home", "."), "schema", "pipeline.schema.json");
        Optional<String> modeline =
                Files.isRegularFile(schema) ? Optional.of(relative(from, schema)) : Optional.empty();
        // The paths of file sources and sinks are relative to where the engine runs.
        Path here = Path.of("").toAbsolutePath();
        String output = relative(here, folder.resolve(name + "-out"));
        String text = new PipelineTemplate(name, relative(here, events), output, modeline, record).text();
        write(file, canonical(file, text));
        if (samples == null) {
            write(events, String.join("\n", SAMPLES) + "\n");
        }
        spec.commandLine().getOut().println("Wrote `" + file + "`. Next: `pipewright run " + file + "`.");
        return ExitCode.FINE;
    }

    private int newStage(String type) {
        if (samples != null) {
            throw new CommandFailure(ExitCode.USAGE, "A stage has no use for --from-json. Leave one of the two out.");
        }
        if (PluginCatalog.load().stage(StageInfo.Kind.STAGE, type).isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "There is a stage `" + type + "` already. Choose another type.");
        }
        Path target = folder.resolve(given == null ? type : given);
        StageProject.of(type).write(target);
        spec.commandLine()
                .getOut()
                .println("Wrote the project `" + target + "`. Its `README.md` says how it is built and used.");
        return ExitCode.FINE;
    }

    private static String canonical(Path file, String text) {
        return new PipelineFormatter()
                .format(file.toString(), text.getBytes(StandardCharsets.UTF_8))
                .text()
                .orElse(text);
    }

    private static String relative(Path from, Path to) {
        return from.relativize(to.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    private static void refuseToReplace(Path file) {
        if (Files.exists(file)) {
            throw new CommandFailure(ExitCode.USAGE, "`" + file + "` is there already. Choose another name.");
        }
    }

    private static SampleRecord readFile(Path file) {
        if (!Files.exists(file)) {
            throw new CommandFailure(ExitCode.USAGE, "There is no file `" + file + "`. Check the path of --from-json.");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return read(lines.iterator(), file);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + file + "` cannot be read as a text in UTF-8. Check the path and the file.");
        }
    }

    private static SampleRecord read(Iterator<String> lines, Path file) {
        ObjectMapper json = new ObjectMapper();
        SampleRecord record = new SampleRecord();
        for (int number = 1; lines.hasNext() && number <= MOST_SAMPLES; number++) {
            String line = lines.next().replaceFirst("^\uFEFF", "");
            if (!line.isBlank()) {
                record.add(object(json, line, number, file));
            }
        }
        if (record.fields().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + file + "` has no field to learn from. Give a JSON object on each line.");
        }
        return record;
    }

    private static JsonNode object(ObjectMapper json, String line, int number, Path file) {
        try {
            JsonNode node = json.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // It is said below, as of any other line that is no object.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "Line " + number + " of `" + file
                        + "` is no JSON object. Give one object on each line; `jq -c .` writes"
                        + " them so, and `jq -c '.[]'` the items of a list.");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + file + "` cannot be written. Check the folder and its permissions.");
        }
    }
}
