package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.Streams;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Retry;
import io.pipewright.stages.harness.ClosedPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;

/** Running jobs while their Cassandra is killed, hangs, or is not there. */
class CassandraOutageTest extends WriterJobs {

    /** Writes with something happening to the server when half of the records have passed. */
    private List<DataRecord> writeWith(Runnable happening, List<DataRecord> records) throws Exception {
        HalfwayGate gate = new HalfwayGate(happening.toString(), records.size());
        DataStream<DataRecord> stream = environment()
                .fromData(records, RecordTypeInfo.of(INPUT))
                .map(gate)
                .returns(RecordTypeInfo.of(INPUT))
                .setParallelism(1);
        Streams built = build(stream, 1);
        CompletableFuture<List<DataRecord>> failures = CompletableFuture.supplyAsync(() -> {
            try {
                return failures(built);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        gate.signals().awaitHalfway();
        happening.run();
        gate.signals().goOn().countDown();
        List<DataRecord> found = failures.get(5, TimeUnit.MINUTES);
        assertThat(gate.signals().checkpoints().get()).isPositive();
        return found;
    }

    @Test
    void keepsCountWhenTheServerIsKilledAndComesBack() throws Exception {
        Runnable killed = () -> {
            server.kill();
            server.startAgain();
        };
        allWithCode(writeWith(killed, goodAndRefused(1000)), "refused", 1000);
        assertThat(rows("good.rows")).isEqualTo(1000);
    }

    @Test
    void keepsCountWhenTheServerHangsForFiveSeconds() throws Exception {
        sink.timeout = Duration.ofSeconds(1);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Runnable hung = () -> {
            server.suspend();
            timer.schedule(server::resume, 5, TimeUnit.SECONDS);
        };
        try {
            allWithCode(writeWith(hung, goodAndRefused(1000)), "refused", 1000);
        } finally {
            timer.shutdown();
        }
        assertThat(rows("good.rows")).isEqualTo(1000);
    }

    @Test
    void failsTheJobWhenTheServerStaysAwayTooLong() throws Exception {
        sink.timeout = Duration.ofMillis(500);
        sink.retry = new Retry(3, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(2));
        try {
            assertThatThrownBy(() -> writeWith(server::suspend, goodAndRefused(200)))
                    .hasStackTraceContaining("`table` has had no answer from Cassandra at " + server.hostAndPort());
        } finally {
            server.resume();
        }
    }

    @Test
    void waitsForAServerThatIsNotUpYetWhenTheJobStarts() throws Exception {
        server.kill();
        CompletableFuture<List<DataRecord>> failures = CompletableFuture.supplyAsync(() -> {
            try {
                return write(goodAndRefused(10), 1);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        server.startAgain();
        allWithCode(failures.get(5, TimeUnit.MINUTES), "refused", 10);
        assertThat(rows("good.rows")).isEqualTo(10);
    }

    @Test
    void failsTheJobWithTheNextActionWhenNobodyAnswersAtItsStart() throws Exception {
        sink.retry = new Retry(3, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(500));
        try (ClosedPort nobody = new ClosedPort()) {
            sink.contactPoint = "127.0.0.1:" + nobody.number();
            assertThatThrownBy(() -> write(goodAndRefused(1), 1))
                    .hasStackTraceContaining("`table` cannot write: Cassandra at " + sink.contactPoint
                            + " does not answer: the connection was refused. Start it or correct `contactPoints`.");
        }
    }
}
