package io.pipewright.definition;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.spi.option.Secret;
import io.pipewright.yaml.ScalarNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a scalar as a secret, and warns of one that stands in the file. */
final class SecretBinder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final Interpolation interpolation;
    private final Path folder;
    private final DiagnosticCollector problems;

    SecretBinder(Interpolation interpolation, Path folder, DiagnosticCollector problems) {
        this.interpolation = interpolation;
        this.folder = folder;
        this.problems = problems;
    }

    /** Null if it is none, which is reported; empty if only the environment of a submission knows it. */
    @Nullable
    Secret bind(ScalarNode node) {
        SecretText written = SecretText.of(node);
        String name = written.mountedName().orElse(null);
        if (name != null) {
            return mounted(name, node);
        }
        int before = problems.size();
        Optional<String> value = interpolation.resolve(node);
        if (problems.size() > before) {
            return null;
        }
        if (written.isLiteral()) {
            problems.warning(
                    "literal-secret",
                    node.span(),
                    "A secret stands in the file, where others can read it.",
                    "write `${secret:name}`, the name of a file in the folder that `--secrets` gives, or"
                            + " `${env:NAME}`.");
        }
        return Secret.of(value.orElse(""));
    }

    private @Nullable Secret mounted(String name, ScalarNode node) {
        if (NAME.matcher(name).matches()) {
            return Secret.mounted(folder.resolve(name));
        }
        problems.error(
                "bad-reference",
                node.span(),
                "`" + name + "` cannot be the name of a secret.",
                "write the name of a file in the folder of secrets: letters, digits, `.`, `_` and `-`.");
        return null;
    }
}
