package io.pipewright.bench.contender;

import io.pipewright.plan.PipelineInput.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A pipeline of a source and a sink on this engine. */
final class SinkJob {

    private static final String PIPELINE =
            """
            apiVersion: pipeline/v1
            name: rows
            records:
              Row:
                fields:
                  customer: string
                  number: long
                  channel: string
                  status: string
                  time: {type: timestamp, format: millis}
                  seconds: double
            sources:
              made: {type: rows, plan: "%1$s", format: {type: json, record: Row}, readyMade: %2$s}
            errors: {default: deadLetter}
            runtime:
              parallelism: %3$d
              checkpoint: {every: %4$dms, minPause: 0s, dir: "%5$s"}
              restart: {strategy: none}
            sinks:
              failed: {type: tally, from: errors, plan: "%1$s", kind: deadLetters}
            """;

    private static final String CASSANDRA =
            """
              written:
                type: cassandra
                from: made
                connection: server
                table: %1$s.rows
                columns: {customer: customer, number: number, channel: channel, status: status, time: time, seconds: seconds}
                maxInFlight: %2$d
            connections:
              server: {type: cassandra, contactPoints: ["%3$s"], localDatacenter: datacenter1, schema: rows.cql}
            """;

    private static final String KAFKA =
            """
              written: {type: kafka, from: made, connection: server, topic: %1$s, key: customer, format: {type: json}}
            connections:
              server: {type: kafka, bootstrapServers: ["%2$s"]}
            """;

    private SinkJob() {}

    static StreamExecutionEnvironment cassandra(SinkPlan plan) throws IOException {
        Files.writeString(
                Path.of(plan.job().folder()).resolve("rows.cql"),
                "CREATE KEYSPACE " + plan.place()
                        + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};\n"
                        + SinkRow.table(plan.place()));
        return build(plan, false, CASSANDRA.formatted(plan.place(), plan.inFlight(), plan.server()));
    }

    static StreamExecutionEnvironment kafka(SinkPlan plan) throws IOException {
        return build(plan, true, KAFKA.formatted(plan.place(), plan.server()));
    }

    private static StreamExecutionEnvironment build(SinkPlan plan, boolean readyMade, String sink) throws IOException {
        JobPlan job = plan.job();
        String text = PIPELINE.formatted(
                        JobPlanFile.of(job.folder()),
                        readyMade,
                        job.parallelism(),
                        job.checkpointMillis(),
                        job.checkpoints())
                + sink;
        TextFile file = new TextFile("rows.yaml", text.getBytes(StandardCharsets.UTF_8));
        return PipewrightJob.environment(PipewrightJob.compile(Path.of(job.folder()), file, List.of()));
    }
}
