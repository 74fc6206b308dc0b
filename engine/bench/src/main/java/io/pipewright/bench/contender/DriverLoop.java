package io.pipewright.bench.contender;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.ResultFolder;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.Stopclock;
import io.pipewright.bench.feed.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** The DataStax driver in a loop: one thread binds and sends, and waits where too many writes are without an answer. */
final class DriverLoop {

    private static final int ATTEMPTS = 8;

    private DriverLoop() {}

    static void run(SinkPlan plan) throws IOException, InterruptedException {
        try (CqlSession session = session(plan)) {
            PreparedStatement insert = session.prepare("INSERT INTO " + plan.place()
                    + ".rows (customer, number, channel, status, time, seconds) VALUES (?, ?, ?, ?, ?, ?)");
            FeedRun run = plan.job().feed();
            LongAdder failed = new LongAdder();
            Stopclock begun = Stopclock.now();
            write(session, insert, run.events(), plan.inFlight(), failed);
            Stopclock ended = Stopclock.now();
            ResultFolder results = ResultFolder.of(run);
            results.leaveSource(0, run.events(), begun);
            results.leaveSink(ResultKind.DEAD_LETTERS, Tally.of(failed.sum(), 0), ended);
        }
    }

    private static void write(CqlSession session, PreparedStatement insert, long rows, int inFlight, LongAdder failed)
            throws InterruptedException {
        Semaphore free = new Semaphore(inFlight);
        for (long number = 0; number < rows; number++) {
            SinkRow row = SinkRow.of(number);
            free.acquire();
            BoundStatement write =
                    insert.bind(row.customer(), row.number(), row.channel(), row.status(), row.time(), row.seconds());
            send(session, write, ATTEMPTS, failed, free);
        }
        free.acquire(inFlight);
    }

    /** A busy server answers now and then that a write took too long; it is then sent again, as the sink does. */
    private static void send(CqlSession session, BoundStatement write, int attempts, LongAdder failed, Semaphore free) {
        session.executeAsync(write).whenComplete((answer, error) -> {
            if (error != null && attempts > 1) {
                send(session, write, attempts - 1, failed, free);
                return;
            }
            if (error != null) {
                failed.increment();
            }
            free.release();
        });
    }

    private static CqlSession session(SinkPlan plan) {
        int colon = plan.server().lastIndexOf(':');
        String host = plan.server().substring(0, colon);
        int port = Integer.parseInt(plan.server().substring(colon + 1));
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(host, port))
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withString(
                                DefaultDriverOption.REQUEST_CONSISTENCY, DefaultConsistencyLevel.LOCAL_QUORUM.name())
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
                        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, Math.max(1_024, plan.inFlight()))
                        .build())
                .build();
    }
}
