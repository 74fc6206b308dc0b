package io.pipewright.app;

import io.pipewright.spi.stage.CheckType;
import io.pipewright.spi.stage.ConnectionType;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.StageType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The jars of a folder of plugins. A class loader would pass over those that it cannot open, so they are looked at first. */
final class PluginJars {

    /** What the jar of a plugin may not have in it: the interface would be there twice, and no plugin be one of the engine's. */
    private static final String INTERFACE = StageType.class.getName().replace('.', '/') + ".class";

    private static final List<String> SERVICES = Stream.of(
                    StageType.class, ConnectionType.class, CheckType.class, FormatType.class)
            .map(service -> "META-INF/services/" + service.getName())
            .toList();

    private final List<URL> jars = new ArrayList<>();

    /** The jar of each plugin that was seen, by its class. */
    private final Map<String, Path> plugins = new HashMap<>();

    private PluginJars() {}

    /**
     * All files {@code *.jar} of a folder, in alphabetical order.
     *
     * @throws CommandFailure if it has none that has a plugin, if one is no jar, or if two have the same plugin
     */
    static URL[] in(Path folder) {
        PluginJars found = new PluginJars();
        for (Path jar : files(folder)) {
            found.add(jar);
        }
        if (found.plugins.isEmpty()) {
            throw wrong("No jar in `" + folder + "` has a plugin in it. A plugin's jar names its type in `"
                    + SERVICES.get(0) + "`.");
        }
        return found.jars.toArray(URL[]::new);
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            throw wrong("There is no folder `" + folder + "`. Check the path of --plugins.");
        }
        if (!Files.isDirectory(folder)) {
            throw wrong("`" + folder + "` is no folder. Give --plugins the folder in which the plugins' jars are.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw wrong("There is no jar in `" + folder + "`. Put the plugins' jars into it.");
            }
            return jars;
        } catch (IOException e) {
            throw wrong("`" + folder + "` cannot be read. Check its permissions.");
        }
    }

    private void add(Path jar) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            if (file.getEntry(INTERFACE) != null) {
                throw wrong("`" + jar + "` has the plugin interface in it, which Pipewright has already. Build it with"
                        + " `pipewright-spi` as `provided`.");
            }
            for (String service : SERVICES) {
                for (String plugin : names(file, service)) {
                    Path other = plugins.putIfAbsent(plugin, jar);
                    if (other != null && !other.equals(jar)) {
                        throw wrong("`" + other + "` and `" + jar + "` both have the plugin `" + plugin
                                + "`. Leave one of them out.");
                    }
                }
            }
            jars.add(jar.toUri().toURL());
        } catch (ZipException e) {
            throw wrong("`" + jar + "` is no jar, or not a whole one: " + e.getMessage() + ". Build or copy it anew.");
        } catch (IOException e) {
            throw wrong("`" + jar + "` cannot be read. Check its permissions.");
        }
    }

    /** The classes that a jar names as plugins of this service. */
    private static List<String> names(ZipFile jar, String service) throws IOException {
        ZipEntry entry = jar.getEntry(service);
        if (entry == null) {
            return List.of();
        }
        try (InputStream content = jar.getInputStream(entry)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static CommandFailure wrong(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
