package io.pipewright.stages.kafka;

import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.stages.tls.TlsFailure;
import io.pipewright.stages.tls.TruststoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks a Kafka cluster whether it answers and has the topics; it creates none.
 *
 * <p>A plain socket is tried first: Kafka's client would log a warning for every refused connection until its time is
 * up. It takes 20 s at most.
 */
final class TopicCheck {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int ASK_MILLIS = 10_000;

    private final KafkaCluster cluster;

    TopicCheck(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    /** The problems found; empty if all the topics are there. Without any it asks whether the cluster answers. */
    List<OutsideProblem> check(List<String> topics) {
        if (cluster.servers().parallelStream().noneMatch(TopicCheck::accepts)) {
            return List.of(new OutsideProblem(
                    "Kafka does not answer at `" + cluster.bootstrap() + "`.",
                    "start it, or correct `bootstrapServers` of the connection `" + cluster.connection() + "`."));
        }
        try {
            cluster.readFiles();
        } catch (TruststoreException e) {
            return List.of(new OutsideProblem(e.problem(), e.action()));
        }
        Properties properties = cluster.with(Map.of());
        properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrap());
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(ASK_MILLIS));
        try (AdminSession session = new AdminSession(Admin.create(properties))) {
            return missing(session.admin(), topics);
        } catch (KafkaException e) {
            return List.of(unusable(e));
        }
    }

    private List<OutsideProblem> missing(Admin admin, List<String> topics) {
        if (topics.isEmpty()) {
            return problem(admin.listTopics().names())
                    .map(cause -> List.of(unusable(cause)))
                    .orElse(List.of());
        }
        List<OutsideProblem> problems = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            String topic = each.getKey();
            Throwable cause = problem(each.getValue()).orElse(null);
            if (cause instanceof UnknownTopicOrPartitionException) {
                problems.add(new OutsideProblem(
                        "Kafka at `" + cluster.bootstrap() + "` has no topic `" + topic + "`.",
                        "create it: kafka-topics.sh --bootstrap-server " + cluster.bootstrap() + " --create --topic "
                                + topic + " --partitions 2."));
            } else if (cause != null) {
                return List.of(unusable(cause));
            }
        }
        return problems;
    }

    /** Why there is no answer. */
    private static Optional<Throwable> problem(KafkaFuture<?> asked) {
        try {
            asked.get(ASK_MILLIS, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }

    private OutsideProblem unusable(Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        Optional<TlsFailure> tls = TlsFailure.of(cause, "Kafka at `" + cluster.bootstrap() + "`");
        if (tls.isPresent()) {
            return new OutsideProblem(tls.get().problem(), tls.get().action());
        }
        if (cause instanceof AuthenticationException) {
            return new OutsideProblem(
                    "Kafka at `" + cluster.bootstrap() + "` refuses the login: " + reason,
                    "correct `security` of the connection `" + cluster.connection() + "`.");
        }
        if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
            return new OutsideProblem(
                    "Kafka at `" + cluster.bootstrap() + "` takes the connection and gives no answer.",
                    cluster.security() == null
                            ? "if it wants TLS or a login, add `security` to the connection `" + cluster.connection()
                                    + "`; else check that it is a Kafka broker."
                            : "check that it is a Kafka broker, and that the port speaks the `security.protocol` of the"
                                    + " connection `" + cluster.connection() + "`.");
        }
        return new OutsideProblem(
                "Kafka at `" + cluster.bootstrap() + "` cannot be asked for its topics: " + reason,
                "check that it is a Kafka broker, and the `properties` of the connection `" + cluster.connection()
                        + "`.");
    }

    private static boolean accepts(String server) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            String host = server.substring(0, colon).replaceAll("[\\[\\]]", "");
            socket.connect(new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1))), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** A client that is closed without waiting for what was asked. */
    private record AdminSession(Admin admin) implements AutoCloseable {
        @Override
        public void close() {
            admin.close(Duration.ZERO);
        }
    }
}
