package io.pipewright.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests of this module find what the build made, and where they may write. */
final class TestPlace {

    private TestPlace() {}

    static Path root() {
        return Path.of(System.getProperty("pipewright.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    static Path target() {
        return root().resolve("engine/app/target");
    }

    static Path engineJar() {
        return target().resolve("engine.jar");
    }

    static Path pipeline() {
        return root().resolve("pipelines/cxone.yaml");
    }

    /** A new folder below the module's target. */
    static Path folder(String name) {
        try {
            Path parent = target().resolve("it");
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
