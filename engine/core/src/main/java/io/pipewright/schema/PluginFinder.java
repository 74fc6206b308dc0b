package io.pipewright.schema;

import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the plugins that a class loader sees, and says which of them cannot be used and why. */
final class PluginFinder {

    private static final Pattern NOT_MADE = Pattern.compile("Provider (\\S+) could not be instantiated");

    private final ClassLoader loader;

    PluginFinder(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Finds all plugins of a service, in the order of the class path.
     *
     * @param facts asks a plugin
     * @param found takes each with its name
     */
    <S> void find(Class<S> service, Function<S, PluginFacts> facts, BiConsumer<String, S> found) {
        for (S plugin : providers(service)) {
            found.accept(checked(plugin, facts).name(), plugin);
        }
    }

    private <S> List<S> providers(Class<S> service) {
        List<S> providers = new ArrayList<>();
        try {
            ServiceLoader.load(service, loader).forEach(providers::add);
        } catch (ServiceConfigurationError e) {
            throw unusable(service, e);
        } catch (LinkageError e) {
            throw PluginException.of("A plugin", e);
        }
        return providers;
    }

    /** {@link ServiceLoader} names the service, then the plugin, and has the reason as its cause if there is one. */
    private PluginException unusable(Class<?> service, ServiceConfigurationError failure) {
        String text = String.valueOf(failure.getMessage()).replace(service.getName() + ": ", "");
        Throwable cause = failure.getCause();
        Matcher provider = NOT_MADE.matcher(text);
        if (cause != null && provider.matches()) {
            return PluginException.of("The plugin " + PluginException.name(provider.group(1), loader), cause);
        }
        return new PluginException(
                "A plugin cannot be loaded: " + text + ". Each line of `META-INF/services/" + service.getName()
                        + "` in its jar is the name of a public class in that jar, with a constructor without"
                        + " parameters, that is a `" + service.getSimpleName() + "`.");
    }

    /** What a plugin says of itself; it is the plugin's fault if it cannot. */
    private static <S> PluginFacts checked(S plugin, Function<S, PluginFacts> facts) {
        try {
            PluginFacts told = facts.apply(plugin);
            // Those that come with Pipewright are checked by its tests, and reading options takes time.
            if (isThirdPartys(plugin)) {
                check(plugin, told);
            }
            return told;
        } catch (RuntimeException | LinkageError e) {
            throw e instanceof PluginException known ? known : PluginException.of("The plugin " + name(plugin), e);
        }
    }

    /** Asks a plugin all that it must be able to say without a pipeline, so that it is found out here what it lacks. */
    private static void check(Object plugin, PluginFacts facts) {
        if (plugin instanceof StageType<?, ?> type) {
            type.builder();
            type.takesChanges();
            type.outsideCheck();
        }
        if (!Names.isId(facts.name())) {
            throw new PluginException("The plugin " + name(plugin) + " is called `" + facts.name()
                    + "`. Name it with letters and digits, a lower-case letter first.");
        }
        if (facts.summary().isBlank()) {
            throw new PluginException("The plugin " + name(plugin) + " has no summary. Write one sentence.");
        }
        for (String option : options(plugin, facts).names()) {
            if (facts.engineKeys().contains(option)) {
                throw new PluginException("The plugin " + name(plugin) + " has an option `" + option
                        + "`, which is a key of the engine's own. Give the option another name.");
            }
        }
    }

    private static OptionsModel options(Object plugin, PluginFacts facts) {
        try {
            return OptionsModel.of(facts.options());
        } catch (IllegalArgumentException e) {
            throw new PluginException("The options of the plugin " + name(plugin) + " cannot be read: " + e.getMessage()
                    + ". Mend its record `" + facts.options().getSimpleName() + "`.");
        }
    }

    /** Whether a plugin did not come with Pipewright. */
    static boolean isThirdPartys(Object plugin) {
        return !isOurs(plugin.getClass().getName());
    }

    /** Whether a class is Pipewright's, by its name. */
    static boolean isOurs(String className) {
        return className.startsWith("io.pipewright.");
    }

    static String name(Object plugin) {
        Class<?> type = plugin.getClass();
        return PluginException.name(type.getName(), type.getClassLoader());
    }
}
