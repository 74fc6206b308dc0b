package io.pipewright.schema;

import java.net.URL;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plugin that cannot be used. Its message is for people: which plugin, what is wrong with it, and what to do; whoever made
 * the plugin has to mend it, or whoever chose its jar.
 */
public final class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String BUILD_ANEW = "Build it against the one of this Pipewright.";

    private static final Pattern JAR = Pattern.compile("([^/]*\\.jar)!/");
    private static final Pattern CLASS_NAME = Pattern.compile("[\\w$]+([/.][\\w$]+)*");

    /** A plugin that cannot be used; {@code message} is all that is said of it. */
    PluginException(String message) {
        super(message);
    }

    private PluginException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What it means that a plugin could not be loaded, or failed when it was asked something.
     *
     * @param plugin begins the message: which plugin it is
     */
    public static PluginException of(String plugin, Throwable failure) {
        return new PluginException(plugin + " " + predicate(failure), failure);
    }

    /** How messages call a plugin, or another class: by its name, and by the jar that has it, if one has. */
    public static String name(String className, ClassLoader loader) {
        URL place = loader.getResource(className.replace('.', '/') + ".class");
        Matcher jar = JAR.matcher(place == null ? "" : place.getPath());
        return "`" + className + (jar.find() ? "` of `" + jar.group(1) + "`" : "`");
    }

    private static String predicate(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
        if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
            return predicate(failure.getCause());
        }
        if (failure instanceof NoClassDefFoundError && CLASS_NAME.matcher(text).matches()) {
            return missing(text.replace('/', '.'));
        }
        if (failure instanceof UnsupportedClassVersionError) {
            return "is made for a later Java than the one that runs it. Compile it with `--release 17`.";
        }
        if (failure instanceof IncompatibleClassChangeError) {
            return text.contains("io.pipewright.")
                    ? "was built against another version of the plugin interface: " + text + ". " + BUILD_ANEW
                    : "does not fit the libraries that are there: " + text
                            + ". Put those that it was built with into its jar, or beside it.";
        }
        return "fails: " + failure.toString().replaceFirst("\\.$", "") + ". Tell its author.";
    }

    private static String missing(String name) {
        String needs = "needs the class `" + name + "`, which is not there. ";
        if (name.startsWith("io.pipewright.")) {
            return needs + "It was built against another version of the plugin interface. " + BUILD_ANEW;
        }
        if (name.startsWith("org.apache.flink.")) {
            return needs + "A type, its options and its plan do without Flink; what its builder needs beyond Flink's"
                    + " own jars comes with the plugin.";
        }
        return needs + "Put the library that has it into the plugin's jar, or beside it.";
    }
}
