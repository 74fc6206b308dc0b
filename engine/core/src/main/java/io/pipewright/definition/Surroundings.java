package io.pipewright.definition;

import io.pipewright.diagnostic.Suggest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline's text may refer to outside itself.
 *
 * <p>Secrets are not read here but where they are used, by each machine from its own folder.
 *
 * @param folder of the pipeline's file; what it names is below it, links followed
 * @param environment the environment's variables
 * @param strictEnvironment whether a variable that is not set is an error; otherwise its place stays open, which is
 *     enough to check the rest
 * @param secrets the folder of secrets on the machines that use them, absolute
 */
public record Surroundings(Path folder, Map<String, String> environment, boolean strictEnvironment, Path secrets) {

    /** Where secrets are unless the command line says otherwise. */
    public static final Path DEFAULT_SECRETS = Path.of("/run/secrets");

    private static final long MAX_BYTES = 4L << 20;

    private static final int MOST_BESIDE = 1000;
    private static final String INSIDE = "name a file in the pipeline's folder or below it.";
    private static final String RELATIVE = "correct the path; it is relative to the folder of the pipeline's file.";

    public Surroundings {
        environment = Map.copyOf(environment);
        secrets = secrets.toAbsolutePath().normalize();
    }

    /** With secrets in their usual folder. */
    public Surroundings(Path folder, Map<String, String> environment, boolean strictEnvironment) {
        this(folder, environment, strictEnvironment, DEFAULT_SECRETS);
    }

    /** The same where a variable that is not set is an error. */
    public Surroundings strict() {
        return new Surroundings(folder, environment, true, secrets);
    }

    /**
     * The text of a file, or the sentence that says why there is none.
     *
     * @param text empty if there is a problem
     * @param hint what to do about the problem
     */
    record FileText(String text, @Nullable String problem, String hint) {
        static FileText none(String problem, String hint) {
            return new FileText("", problem, hint);
        }
    }

    FileText read(String name) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Path file = root.resolve(name).normalize();
            if (!file.startsWith(root)) {
                return outside(name);
            }
            if (Files.isDirectory(file)) {
                return FileText.none("`" + name + "` is a folder.", "name a file in it.");
            }
            if (!Files.isRegularFile(file)) {
                return FileText.none("There is no file `" + name + "` in the pipeline's folder.", meant(name, root));
            }
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                return outside(name);
            }
            if (Files.size(file) > MAX_BYTES) {
                return FileText.none("`" + name + "` is larger than 4 MiB.", "name a smaller file.");
            }
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new FileText(text.startsWith("\uFEFF") ? text.substring(1) : text, null, "");
        } catch (InvalidPathException e) {
            return FileText.none("`" + name + "` cannot be the name of a file.", INSIDE);
        } catch (CharacterCodingException e) {
            return FileText.none("`" + name + "` is not UTF-8 text.", "save it as UTF-8.");
        } catch (IOException e) {
            return FileText.none("`" + name + "` cannot be read.", "check its permissions.");
        }
    }

    private static FileText outside(String name) {
        return FileText.none("`" + name + "` is outside the pipeline's folder.", INSIDE);
    }

    /** The file beside the one that is not there that is named most like it. */
    private static String meant(String name, Path root) {
        int folder = name.lastIndexOf('/') + 1;
        try (Stream<Path> beside = Files.list(root.resolve(name.substring(0, folder)))) {
            List<String> names = beside.limit(MOST_BESIDE)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
            return Suggest.nearest(name.substring(folder), names)
                    .map(near -> "did you mean `" + name.substring(0, folder) + near + "`?")
                    .orElse(RELATIVE);
        } catch (IOException e) {
            return RELATIVE;
        }
    }
}
