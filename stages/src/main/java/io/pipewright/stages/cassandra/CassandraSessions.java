package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Session;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Cluster;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Login;
import io.pipewright.stages.tls.TlsFailure;
import io.pipewright.stages.tls.TruststoreException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Opens and closes the driver's sessions, configured in code alone: no file on the class path has a say. */
final class CassandraSessions {

    private static final int DEFAULT_REQUESTS_PER_CONNECTION = 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long OPEN_SECONDS = 25;
    private static final long CLOSE_SECONDS = 5;

    private CassandraSessions() {}

    /**
     * Connects, once.
     *
     * @param name for the driver's log
     * @throws CassandraUnavailableException if no contact point answers, or none of the local datacenter exists
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    static CqlSession open(Cluster cluster, String keyspace, String name, Duration timeout, int maxInFlight)
            throws InterruptedException {
        List<InetSocketAddress> addresses =
                cluster.contactPoints().stream().map(ContactPoint::resolve).toList();
        if (addresses.stream().allMatch(InetSocketAddress::isUnresolved)) {
            throw new CassandraUnavailableException(
                    "Cassandra at " + cluster.addresses() + " cannot be found: the host name is unknown.",
                    "Correct `contactPoints`.",
                    null);
        }
        ClassLoader loader = CassandraSessions.class.getClassLoader();
        CqlSessionBuilder builder = CqlSession.builder()
                .withClassLoader(loader)
                .withConfigLoader(config(loader, keyspace, name, timeout, maxInFlight))
                .withLocalDatacenter(cluster.localDatacenter());
        addresses.stream().filter(address -> !address.isUnresolved()).forEach(builder::addContactPoint);
        Login login = cluster.login();
        if (login != null) {
            builder.withAuthCredentials(login.username(), login.password().reveal());
        }
        CassandraTls tls = cluster.tls();
        if (tls != null) {
            builder.withSslEngineFactory(new SessionTls(tls, context(tls)));
        }
        CqlSession session = await(builder, cluster);
        checkDatacenter(session, cluster);
        return session;
    }

    private static SSLContext context(CassandraTls tls) {
        try {
            return tls.context();
        } catch (TruststoreException e) {
            throw new CassandraUnavailableException(e.problem(), e.action(), null);
        }
    }

    private static CqlSession await(CqlSessionBuilder builder, Cluster cluster) throws InterruptedException {
        var opening = builder.buildAsync().toCompletableFuture();
        try {
            return opening.get(OPEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (DriverErrors.isLoginRefused(cause)) {
                throw new CassandraUnavailableException(
                        "Cassandra at " + cluster.addresses() + " refuses the login.",
                        "Correct `username` and `password` of the connection.",
                        cause);
            }
            Optional<TlsFailure> tls = TlsFailure.of(cause, "Cassandra at " + cluster.addresses());
            if (tls.isPresent()) {
                throw new CassandraUnavailableException(
                        tls.get().problem(), tls.get().action(), cause);
            }
            if (cluster.tls() == null && DriverErrors.isClosed(cause)) {
                throw new CassandraUnavailableException(
                        "Cassandra at " + cluster.addresses() + " closes the connection at the first word.",
                        "if it wants TLS, add `tls` to the connection; else look into its log.",
                        cause);
            }
            throw unavailable(cluster, DriverErrors.sentence(cause), cause);
        } catch (TimeoutException e) {
            opening.thenAccept(Session::forceCloseAsync);
            throw unavailable(cluster, "no answer within " + OPEN_SECONDS + " s", e);
        }
    }

    private static CassandraUnavailableException unavailable(Cluster cluster, String reason, Throwable cause) {
        return new CassandraUnavailableException(
                "Cassandra at " + cluster.addresses() + " does not answer: " + reason + ".",
                "Start it or correct `contactPoints`.",
                cause);
    }

    /** The driver would take a wrong name and then find no node for any request. */
    private static void checkDatacenter(CqlSession session, Cluster cluster) {
        Set<String> datacenters = session.getMetadata().getNodes().values().stream()
                .map(Node::getDatacenter)
                .filter(datacenter -> datacenter != null)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!datacenters.isEmpty() && !datacenters.contains(cluster.localDatacenter())) {
            close(session);
            throw new CassandraUnavailableException(
                    "Cassandra at " + cluster.addresses() + " has no datacenter `" + cluster.localDatacenter() + "`.",
                    "Set `localDatacenter` to `" + String.join("` or `", datacenters) + "`.",
                    null);
        }
    }

    private static DriverConfigLoader config(
            ClassLoader loader, String keyspace, String name, Duration timeout, int maxInFlight) {
        return DriverConfigLoader.programmaticBuilder(loader)
                .withString(DefaultDriverOption.SESSION_NAME, name)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeout)
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(5))
                .withInt(
                        DefaultDriverOption.CONNECTION_MAX_REQUESTS,
                        Math.max(DEFAULT_REQUESTS_PER_CONNECTION, maxInFlight))
                .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(keyspace))
                .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                // Long enough for the driver to be told that it is closed: else it logs that nobody could tell it.
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, TimeUnit.MILLISECONDS.name())
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 100)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, (int)
                        TimeUnit.SECONDS.toMillis(CLOSE_SECONDS))
                .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
                .build();
    }

    /** Closes a session and waits for that, 5 s at most. */
    static void close(Session session) {
        try {
            session.forceCloseAsync().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // nothing is lost: every write has its outcome, and the connections end with their threads
        }
    }
}
