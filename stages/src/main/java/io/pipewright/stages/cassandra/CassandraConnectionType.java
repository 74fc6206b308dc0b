package io.pipewright.stages.cassandra;

import io.pipewright.spi.stage.ConnectionType;
import io.pipewright.stages.tls.Truststore;

/** The connection type {@code cassandra}: where the cluster is, and what its tables are declared to be. */
public final class CassandraConnectionType implements ConnectionType<CassandraConnection> {

    @Override
    public String name() {
        return "cassandra";
    }

    @Override
    public String summary() {
        return "A Cassandra cluster and the file that declares its tables.";
    }

    @Override
    public Class<CassandraConnection> optionsType() {
        return CassandraConnection.class;
    }

    @Override
    public void check(CassandraConnection options, Problems problems) {
        if (options.contactPoints().isEmpty()) {
            problems.error(
                    "missing-contact-point",
                    "contactPoints",
                    "A Cassandra connection needs at least one contact point.",
                    "add one as `host:port`, for example `localhost:9042`.");
        }
        for (int i = 0; i < options.contactPoints().size(); i++) {
            String text = options.contactPoints().get(i);
            if (ContactPoint.parse(text).isEmpty()) {
                problems.error(
                        "malformed-address",
                        "contactPoints[" + i + "]",
                        "`" + text + "` is not `host:port`.",
                        "write the host, a colon and the native-protocol port, for example `localhost:9042`.");
            }
        }
        if ((options.username() == null) != (options.password() == null)) {
            String given = options.username() == null ? "password" : "username";
            String missing = options.username() == null ? "username" : "password";
            problems.error("missing-option", given, "A login needs `" + missing + "`.", "add `" + missing + "`.");
        }
        CassandraTls tls = options.tls();
        if (tls != null) {
            Truststore.check("tls", tls.truststore(), tls.truststoreType(), tls.truststorePassword(), problems);
        }
        String file = options.schema().name();
        for (CqlProblem problem :
                CqlSchemaReader.read(options.schema().content()).problems()) {
            problems.error(
                    "malformed-cql",
                    "schema",
                    "`" + file + "` line " + problem.line() + ": " + problem.message(),
                    problem.hint());
        }
    }
}
