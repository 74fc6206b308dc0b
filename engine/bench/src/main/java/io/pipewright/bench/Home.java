package io.pipewright.bench;

import java.nio.file.Path;

/** The project's folder, which the launcher names. */
final class Home {

    private Home() {}

    static Path find() {
        return Path.of(System.getProperty("pipewright.home", "."))
                .toAbsolutePath()
                .normalize();
    }
}
