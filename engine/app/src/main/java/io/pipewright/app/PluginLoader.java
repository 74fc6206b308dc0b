package io.pipewright.app;

import io.pipewright.schema.PluginCatalog;
import io.pipewright.schema.PluginException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ExecutionException;

/**
 * The class loader of the plugins that {@code --plugins} names: third parties' types and the libraries that come with them.
 *
 * <p>It sees what this process has, but for the libraries that {@code engine.jar} has under other names. So what lacks one of
 * them fails here too, and not only on a cluster.
 */
final class PluginLoader extends URLClassLoader {

    /** How its classes are told from others in a stack trace. */
    private static final String NAME = "plugins";

    /** The libraries that {@code engine.jar} has under other names, as {@code pom.xml} relocates them. */
    static final List<String> RELOCATED = List.of(
            "com.google.protobuf.",
            "com.google.common.",
            "com.google.re2j.",
            "org.antlr.",
            "com.fasterxml.jackson.",
            "org.json.");

    private static final Pattern RECEIVER = Pattern.compile("Receiver class ([\\w.$]+) ");
    private static final int MAX_DEPTH = 50;

    private PluginLoader(URL[] jars) {
        super(NAME, jars, PluginCatalog.surroundings());
    }

    /**
     * Runs a command that sees the plugins of a folder: all that it asks the thread's class loader for.
     *
     * @throws CommandFailure if the folder or a jar in it cannot be used
     * @throws PluginException if a plugin is at fault
     */
    static int within(Path folder, IntSupplier command) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (PluginLoader plugins = new PluginLoader(PluginJars.in(folder))) {
            thread.setContextClassLoader(plugins);
            return plugins.run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The jars of the plugins that the command of this thread sees; none without {@code --plugins}. */
    static List<URL> jars() {
        return PluginCatalog.surroundings() instanceof PluginLoader plugins
                ? Arrays.asList(plugins.getURLs())
                : List.of();
    }

    private int run(IntSupplier command) {
        try {
            return command.getAsInt();
        } catch (ExecutionException | LinkageError failure) {
            Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            boolean told = cause instanceof PluginException;
            if (!told && (cause instanceof RuntimeException || cause instanceof LinkageError)) {
                blame(cause);
            }
            throw failure;
        }
    }

    /** Throws if it was a plugin's class that threw, itself or by way of Java's. */
    private void blame(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
            Optional<String> culprit = culprit(at);
            if (culprit.isPresent()) {
                throw PluginException.of("The plugin " + PluginException.name(culprit.get(), this), at);
            }
            at = at.getCause();
        }
    }

    private Optional<String> culprit(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (NAME.equals(frame.getClassLoaderName())) {
                return Optional.of(frame.getClassName());
            }
            if (frame.getModuleName() == null) { // not Java's own
                break;
            }
        }
        Matcher receiver = RECEIVER.matcher(String.valueOf(failure.getMessage()));
        return failure instanceof LinkageError && receiver.find() && has(receiver.group(1))
                ? Optional.of(receiver.group(1))
                : Optional.empty();
    }

    private boolean has(String className) {
        return findResource(className.replace('.', '/') + ".class") != null;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (RELOCATED.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    /** Says which class it is that cannot be loaded, which an error of the JVM does not. */
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            return super.findClass(name);
        } catch (LinkageError e) {
            throw PluginException.of("The class " + PluginException.name(name, this), e);
        }
    }
}
