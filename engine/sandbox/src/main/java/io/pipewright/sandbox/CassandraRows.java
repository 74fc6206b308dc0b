package io.pipewright.sandbox;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A session with a Cassandra of the sandbox: runs scripts and statements, and reads tables whole. */
public final class CassandraRows implements AutoCloseable {
    private final CqlSession session;

    private CassandraRows(CqlSession session) {
        this.session = session;
    }

    /**
     * Connects.
     *
     * @throws SandboxException if nobody answers there
     */
    public static CassandraRows connect(InetSocketAddress contactPoint) {
        DriverConfigLoader config = DriverConfigLoader.programmaticBuilder(CassandraRows.class.getClassLoader())
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
                .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
                // Else the end of a session, and a connection that fails, waits for two seconds in which nothing
                // happens.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, TimeUnit.MILLISECONDS.name())
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 100)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, 5_000)
                .build();
        try {
            return new CassandraRows(CqlSession.builder()
                    .withClassLoader(CassandraRows.class.getClassLoader())
                    .withConfigLoader(config)
                    .addContactPoint(contactPoint)
                    .withLocalDatacenter(CassandraServer.DATA_CENTER)
                    .build());
        } catch (AllNodesFailedException e) {
            throw new SandboxException("Nobody answers CQL at " + contactPoint + ".", e);
        }
    }

    /** Runs every statement of a {@code .cql} file in order. */
    public void runScript(Path file) {
        try {
            runScript(Files.readString(file));
        } catch (IOException e) {
            throw new SandboxException("Cannot read " + file + ".", e);
        }
    }

    /** Runs every statement of a script in order. */
    public void runScript(String script) {
        CqlScript.statements(script).forEach(this::execute);
    }

    /** Runs one statement; the values fill its question marks. */
    public void execute(String statement, Object... values) {
        try {
            session.execute(SimpleStatement.newInstance(statement, values));
        } catch (DriverException e) {
            throw new SandboxException("Cassandra refused `" + statement + "`: " + e.getMessage(), e);
        }
    }

    /** Every row of a table, in no order, each turned into something else. */
    public <T> List<T> read(String table, Function<Row, T> toRow) {
        List<T> rows = new ArrayList<>();
        forEach(table, row -> rows.add(toRow.apply(row)));
        return rows;
    }

    /** Hands out every row of a table, in no order, of which only a page is in memory. */
    public void forEach(String table, Consumer<Row> consumer) {
        session.execute("SELECT * FROM " + table).forEach(consumer);
    }

    /** How many rows a table has. */
    public long count(String table) {
        return read(table, row -> row).size();
    }

    @Override
    public void close() {
        session.close();
    }
}
