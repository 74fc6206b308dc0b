package io.pipewright.sandbox;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Kafka and Cassandra, started side by side: ready when the slower one is. */
public record SandboxServers(KafkaServer kafka, CassandraServer cassandra) implements AutoCloseable {

    /**
     * Starts both below one folder.
     *
     * @throws SandboxException if one does not start; the other is stopped
     */
    public static SandboxServers start(SandboxHome home, Path directory) {
        CompletableFuture<KafkaServer> kafka =
                CompletableFuture.supplyAsync(() -> KafkaServer.start(home, directory.resolve("kafka")));
        CompletableFuture<CassandraServer> cassandra =
                CompletableFuture.supplyAsync(() -> CassandraServer.start(home, directory.resolve("cassandra")));
        try {
            return new SandboxServers(kafka.join(), cassandra.join());
        } catch (CompletionException e) {
            kafka.handle((server, error) -> server).thenAccept(SandboxServers::closeIfStarted);
            cassandra
                    .handle((server, error) -> server)
                    .thenAccept(SandboxServers::closeIfStarted)
                    .join();
            throw e.getCause() instanceof SandboxException known
                    ? known
                    : new SandboxException("The servers did not start: " + e, e);
        }
    }

    private static void closeIfStarted(@Nullable AutoCloseable server) {
        if (server instanceof KafkaServer kafka) {
            kafka.close();
        } else if (server instanceof CassandraServer cassandra) {
            cassandra.close();
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> first = CompletableFuture.runAsync(kafka::close);
        try {
            cassandra.close();
        } finally {
            first.join();
        }
    }
}
