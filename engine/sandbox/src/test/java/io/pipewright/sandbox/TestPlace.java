package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests of this module find the servers' jars and may write. */
public final class TestPlace {
    private TestPlace() {}

    /** The project's root. */
    public static Path root() {
        String root = System.getProperty("pipewright.root");
        return Path.of(root == null ? "../.." : root).toAbsolutePath().normalize();
    }

    /** The servers' jars. */
    public static SandboxHome home() {
        return SandboxHome.ofProject(root());
    }

    /** A new folder below the module's target. */
    public static Path folder(String name) {
        try {
            Path target = root().resolve("engine/sandbox/target/sandboxes");
            Files.createDirectories(target);
            return Files.createTempDirectory(target, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
