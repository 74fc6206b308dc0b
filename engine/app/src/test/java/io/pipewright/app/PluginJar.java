package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.stage.StageType;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds jars of third parties' plugins with the compiler of the JDK that runs us. */
final class PluginJar {

    private PluginJar() {}

    /** What a plugin is built against: the plugin interface, Flink, and the annotations of both. */
    static List<Path> interfaceAndFlink() {
        try {
            Path plugins = Path.of(StageType.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.concat(Stream.of(plugins), classPath().filter(PluginJar::isFlink))
                    .toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isFlink(Path jar) {
        String name = jar.getFileName().toString();
        return name.matches("(flink|jspecify|jsr305)-.*\\.jar") && !name.endsWith("-tests.jar");
    }

    /** All that this test sees. */
    static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
    }

    /** Compiles all sources below a folder. */
    static void compile(Path sources, List<Path> classPath, Path classes) {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-parameters", "-cp"));
        arguments.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        arguments.addAll(List.of("-d", classes.toString()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        int failed = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(failed).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** Writes a jar of those files of some folders whose names in the jar are wanted. */
    static Path pack(Path jar, Predicate<String> wanted, Path... folders) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = folder.relativize(file).toString().replace('\\', '/');
                        if (wanted.test(name)) {
                            out.putNextEntry(new JarEntry(name));
                            out.write(Files.readAllBytes(file));
                        }
                    }
                }
            }
        }
        return jar;
    }
}
