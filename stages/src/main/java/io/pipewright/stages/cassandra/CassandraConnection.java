package io.pipewright.stages.cassandra;

import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.Option;
import java.util.List;

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
                FileRef schema) {

    public CassandraConnection {
        contactPoints = List.copyOf(contactPoints);
    }
}
