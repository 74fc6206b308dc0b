package io.pipewright.schema;

import java.util.function.Supplier;

/**
 * A call of a plugin, which says who is at fault if it fails: the plugin of a third party, by its name and that of its user,
 * or Pipewright, whose failure goes on as it is.
 *
 * @param user what has the plugin asked, for messages: {@code `orders`}
 */
public record PluginCall(Object plugin, String user) {

    /**
     * The answer of the plugin.
     *
     * @throws PluginException if a third party's plugin fails
     */
    public <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw isAtFault(e) ? blame(e) : e;
        } catch (LinkageError e) {
            if (PluginFinder.isThirdPartys(plugin)) {
                throw blame(e);
            }
            throw e;
        }
    }

    /** The same where there is no answer. */
    public void run(Runnable action) {
        ask(() -> {
            action.run();
            return true;
        });
    }

    private PluginException blame(Throwable failure) {
        return PluginException.of("The plugin " + PluginFinder.name(plugin) + ", which " + user + " uses,", failure);
    }

    /** Whether the plugin threw it, or Java or a library which the plugin called, and not Pipewright. */
    private boolean isAtFault(RuntimeException failure) {
        if (failure instanceof PluginException || !PluginFinder.isThirdPartys(plugin)) {
            return false;
        }
        String own = plugin.getClass().getPackageName();
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (PluginFinder.isOurs(frame.getClassName())) {
                return false;
            }
            if (frame.getClassName().startsWith(own)) {
                return true;
            }
        }
        return false;
    }
}
