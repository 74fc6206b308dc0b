package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Jars that tests compile: this module has none of the libraries that their classes need. */
final class TestJar {

    private TestJar() {}

    /** Compiles one class, which becomes the jar's main class. */
    static Path build(Path jar, String name, String source, List<Path> classPath) throws IOException {
        Path classes = Files.createDirectories(jar.resolveSibling(name + "-classes"));
        Path file = Files.writeString(classes.resolve(name + ".java"), source);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        String jars = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, messages, messages, "-proc:none", "-cp", jars, "-d", classes.toString(), file.toString());
        assertThat(failed).as(messages.toString()).isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.list(classes)) {
            for (Path compiled :
                    files.filter(f -> f.toString().endsWith(".class")).toList()) {
                entries.putNextEntry(new JarEntry(compiled.getFileName().toString()));
                entries.write(Files.readAllBytes(compiled));
                entries.closeEntry();
            }
        }
        return jar;
    }
}
