package io.pipewright.app;

import io.pipewright.spi.type.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * The first version of a third party's stage: the project {@code docs/example-stage} with another name in the place of its
 * own, in its files and in their names.
 */
final class StageProject {

    /** The type of the example's stage. Written like this, with a capital, or all small, it is nothing but that name. */
    private static final String EXAMPLE = "onChange";

    private final Map<String, String> files;

    private StageProject(Map<String, String> files) {
        this.files = files;
    }

    /** The project of a stage of this type, from the example in Pipewright's own folder. */
    static StageProject of(String type) {
        return of(type, Path.of(System.getProperty("pipewright.home", ".")).resolve("docs/example-stage"));
    }

    static StageProject of(String type, Path example) {
        if (!Names.isId(type) || SourceVersion.isKeyword(small(type))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "`" + type + "` cannot be a type. Use letters and digits, a lower-case letter first, and no"
                            + " keyword of Java.");
        }
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(example)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = example.relativize(file).toString().replace('\\', '/');
                if (!path.startsWith("target/") && !path.startsWith(".")) {
                    files.put(renamed(path, type), renamed(Files.readString(file), type));
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The example `" + example + "` cannot be read. Use `./pipewright` in a checkout of Pipewright.");
        }
        return new StageProject(files);
    }

    private static String renamed(String text, String type) {
        Map<String, String> names = Map.of(EXAMPLE, type, capital(EXAMPLE), capital(type), small(EXAMPLE), small(type));
        return Pattern.compile(String.join("|", names.keySet()))
                .matcher(text)
                .replaceAll(found -> String.valueOf(names.get(found.group())));
    }

    private static String small(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    private static String capital(String type) {
        return Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    /** The text of each file, by its path. */
    Map<String, String> files() {
        return files;
    }

    /** Writes the project to a folder that is not there yet, or is empty. */
    void write(Path folder) {
        if (isInUse(folder)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + folder + "` is there already. Choose another folder, or an empty one.");
        }
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue());
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + folder + "` cannot be written. Check its path and its permissions.");
        }
    }

    private static boolean isInUse(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return true;
        }
    }
}
