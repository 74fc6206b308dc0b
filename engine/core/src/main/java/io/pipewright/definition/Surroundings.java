package io.pipewright.definition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
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

    public Surroundings {
        environment = Map.copyOf(environment);
        secrets = secrets.toAbsolutePath().normalize();
    }

    /** With secrets in their usual folder. */
    public Surroundings(Path folder, Map<String, String> environment, boolean strictEnvironment) {
        this(folder, environment, strictEnvironment, DEFAULT_SECRETS);
    }

    /**
     * The text of a file, or the sentence that says why there is none.
     *
     * @param text empty if there is a problem
     */
    record FileText(String text, @Nullable String problem) {}

    FileText read(String name) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Path file = root.resolve(name).normalize();
            if (!file.startsWith(root)) {
                return outside(name);
            }
            if (!Files.isRegularFile(file)) {
                return new FileText("", "There is no file `" + name + "` in the pipeline's folder.");
            }
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                return outside(name);
            }
            if (Files.size(file) > MAX_BYTES) {
                return new FileText("", "`" + name + "` is larger than 4 MiB.");
            }
            byte[] bytes = Files.readAllBytes(file);
            return new FileText(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    null);
        } catch (InvalidPathException e) {
            return new FileText("", "`" + name + "` cannot be the name of a file.");
        } catch (CharacterCodingException e) {
            return new FileText("", "`" + name + "` is not UTF-8 text.");
        } catch (IOException e) {
            return new FileText("", "`" + name + "` cannot be read: " + e.getMessage() + ".");
        }
    }

    private static FileText outside(String name) {
        return new FileText("", "`" + name + "` is outside the pipeline's folder.");
    }
}
