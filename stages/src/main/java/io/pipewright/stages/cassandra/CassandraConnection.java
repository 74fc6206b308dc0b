package io.pipewright.stages.cassandra;

import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a connection of type {@code cassandra}. */
public record CassandraConnection(
        @Option(
                        doc =
                                "The nodes that are asked first for the others, each `host:port`; two or three of a cluster are enough.")
                List<String> contactPoints,
        @Option(doc = "The datacenter whose nodes are written to, as `nodetool status` names it.")
                String localDatacenter,
        @Option(
                        doc =
                                "The file of `CREATE KEYSPACE`, `CREATE TYPE` and `CREATE TABLE` statements that sinks are"
                                        + " checked against, relative to the pipeline's folder.")
                FileRef schema,
        @Option(doc = "The user to log in as; nobody without it.") @Nullable String username,
        @Option(
                        doc =
                                "The user's password; needed with `username`. `${secret:name}` is read where the job runs.",
                        secret = true)
                @Nullable
                Secret password,
        @Option(doc = "TLS, and whom it trusts; `tls: {}` trusts what the JDK does. The nodes want none without it.")
                @Nullable
                CassandraTls tls) {

    public CassandraConnection {
        contactPoints = List.copyOf(contactPoints);
    }
}
