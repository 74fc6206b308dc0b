package io.pipewright.sandbox;

import java.util.HashMap;
import java.util.Map;

/**
 * The size and settings of a {@link FlinkCluster}.
 *
 * @param taskManagers how many processes, 1 or more
 * @param slots of each, 1 or more
 * @param settings Flink's own, by key; they win over the sandbox's
 * @param environment variables added to those of every process of the cluster, and of the command line
 */
public record FlinkClusterOptions(
        int taskManagers, int slots, Map<String, String> settings, Map<String, String> environment) {

    /** Copies the maps. */
    public FlinkClusterOptions {
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
    }

    /** TaskManagers with the given slots each, and no settings of one's own. */
    public static FlinkClusterOptions of(int taskManagers, int slots) {
        return new FlinkClusterOptions(taskManagers, slots, Map.of(), Map.of());
    }

    /** The same with one more setting. */
    public FlinkClusterOptions with(String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return new FlinkClusterOptions(taskManagers, slots, more, environment);
    }

    /** The same with one more environment variable. */
    public FlinkClusterOptions withEnvironment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new FlinkClusterOptions(taskManagers, slots, settings, more);
    }
}
