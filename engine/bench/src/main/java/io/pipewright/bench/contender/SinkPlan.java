package io.pipewright.bench.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a contender that writes rows is told.
 *
 * @param job its feed says how many rows there are
 * @param server {@code host:port}
 * @param place the keyspace with the table, or the topic; it is there
 * @param inFlight how many writes to Cassandra may be without an answer
 */
public record SinkPlan(JobPlan job, String server, String place, int inFlight) {

    /** Writes the plan and the job's own into the job's folder. */
    public Path write() throws IOException {
        JobPlanFile.write(job);
        Path file = Path.of(job.folder()).resolve("sink.json");
        new ObjectMapper().writeValue(file.toFile(), this);
        return file;
    }

    /** Reads what {@link #write} wrote. */
    public static SinkPlan read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), SinkPlan.class);
    }
}
