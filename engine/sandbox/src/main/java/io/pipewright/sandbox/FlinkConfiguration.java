package io.pipewright.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the configuration folder of a {@link FlinkCluster}: {@code config.yaml} and the logging of servers and of the
 * command line.
 */
final class FlinkConfiguration {
    private FlinkConfiguration() {}

    /** Writes the folder and returns it. */
    static Path write(Path directory, FlinkClusterOptions options, int rpcPort, int restPort) throws IOException {
        Path conf = directory.resolve("conf");
        Files.createDirectories(conf);
        Files.createDirectories(directory.resolve("tmp"));
        Map<String, String> all = settings(directory, options.slots(), rpcPort, restPort);
        all.putAll(options.settings());
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) ->
                text.append(key).append(": ").append(quoted(value)).append('\n'));
        Files.writeString(conf.resolve("config.yaml"), text);
        Files.writeString(conf.resolve("log4j.properties"), logging("INFO"));
        Files.writeString(conf.resolve("log4j-cli.properties"), logging("ERROR"));
        return conf;
    }

    /**
     * A TaskManager started without Flink's scripts asks for every piece of its memory; together they are the most that a
     * process uses: about 1 GB.
     */
    private static Map<String, String> settings(Path directory, int slots, int rpcPort, int restPort) {
        Map<String, String> all = new TreeMap<>();
        all.put("jobmanager.rpc.address", "127.0.0.1");
        all.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        all.put("jobmanager.bind-host", "127.0.0.1");
        all.put("taskmanager.bind-host", "127.0.0.1");
        all.put("taskmanager.host", "127.0.0.1");
        all.put("rest.address", "127.0.0.1");
        all.put("rest.bind-address", "127.0.0.1");
        all.put("rest.port", Integer.toString(restPort));
        all.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        all.put("taskmanager.cpu.cores", Integer.toString(slots));
        all.put("taskmanager.memory.task.heap.size", "384m");
        all.put("taskmanager.memory.task.off-heap.size", "0m");
        all.put("taskmanager.memory.framework.heap.size", "128m");
        all.put("taskmanager.memory.framework.off-heap.size", "128m");
        all.put("taskmanager.memory.managed.size", "64m");
        all.put("taskmanager.memory.network.min", "64m");
        all.put("taskmanager.memory.network.max", "64m");
        all.put("taskmanager.memory.jvm-metaspace.size", "256m");
        all.put("taskmanager.memory.jvm-overhead.min", "192m");
        all.put("taskmanager.memory.jvm-overhead.max", "192m");
        all.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        all.put(
                "execution.checkpointing.savepoint-dir",
                directory.resolve("savepoints").toUri().toString());
        all.put("io.tmp.dirs", directory.resolve("tmp").toString());
        all.put("blob.storage.directory", directory.resolve("tmp").toString());
        all.put("metrics.fetcher.update-interval", "1000");
        // A killed TaskManager is noticed when two heartbeats in a row cannot be sent, after seconds and not twenty;
        // one
        // that only answers late, on a busy machine, is not lost.
        all.put("heartbeat.interval", "1000");
        // Of 10 s each, which is too little to start in where many processes do.
        all.put("pekko.startup-timeout", "120 s");
        all.put("pekko.ask.timeout", "60 s");
        return all;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String logging(String level) {
        return """
                rootLogger.level = %s
                rootLogger.appenderRef.console.ref = Console
                appender.console.name = Console
                appender.console.type = CONSOLE
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %%d{HH:mm:ss,SSS} %%-5p %%-60c %%x - %%m%%n
                """
                .formatted(level);
    }
}
