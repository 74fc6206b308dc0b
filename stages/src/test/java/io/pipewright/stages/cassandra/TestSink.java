package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Consistency;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Retry;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of a sink under test, with the defaults of the annotations; fields are changed before use. */
final class TestSink {

    String contactPoint = "127.0.0.1:9042";
    String datacenter = "datacenter1";
    String cql = "";
    String table = "";
    Map<String, Expression> columns;
    Nulls nulls;
    Consistency consistency = Consistency.LOCAL_QUORUM;
    Duration ttl;
    int maxInFlight = 128;
    Duration timeout = Duration.ofSeconds(10);
    Retry retry;
    WriteTimestamp writeTimestamp = WriteTimestamp.NOW;
    Writer writer = Writer.ASYNC;
    ErrorPolicy policy = ErrorPolicy.DEAD_LETTER;
    String username;
    Secret password;
    CassandraTls tls;

    /** Whether its rows replace earlier ones. */
    boolean changes;

    /** Columns by pairs of a column and a field. */
    TestSink columns(String... pairs) {
        columns = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            columns.put(pairs[i], new Expression(pairs[i + 1], "columns." + pairs[i]));
        }
        return this;
    }

    CassandraConnection connection() {
        return new CassandraConnection(
                List.of(contactPoint),
                datacenter,
                new FileRef("test.cql", cql, "connections.c.schema"),
                username,
                password,
                tls);
    }

    CassandraSinkOptions options() {
        return new CassandraSinkOptions(
                new ConnectionRef("c", "connection"),
                table,
                columns,
                nulls,
                consistency,
                ttl,
                maxInFlight,
                timeout,
                retry,
                writeTimestamp,
                writer);
    }

    TestPlanContext context(RecordType input) {
        return new TestPlanContext(input, connection(), policy, changes);
    }

    /** The plan of options that must be right. */
    CassandraSinkPlan plan(RecordType input) {
        TestPlanContext context = context(input);
        CassandraSinkPlan plan =
                new CassandraSinkType().plan(options(), context).orElse(null);
        assertThat(context.errors).isEmpty();
        return plan;
    }
}
