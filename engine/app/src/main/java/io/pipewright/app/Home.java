package io.pipewright.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, which the launcher names. */
final class Home {

    private Home() {}

    static Path find() {
        Path home = Path.of(System.getProperty("pipewright.home", "."))
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(home.resolve("pipelines/cxone.yaml"))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "There is no `pipelines/cxone.yaml` below `" + home
                            + "`. Start the demo with `./pipewright demo`.");
        }
        return home;
    }
}
