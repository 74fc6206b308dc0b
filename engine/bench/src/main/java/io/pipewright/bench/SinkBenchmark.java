package io.pipewright.bench;

import io.pipewright.bench.ContenderProcess.Measured;
import io.pipewright.bench.contender.JobPlan;
import io.pipewright.bench.contender.SinkContender;
import io.pipewright.bench.contender.SinkPlan;
import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.Tally;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.sandbox.SandboxServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has contenders write rows to one Kafka and one Cassandra, round after round; every second round backwards, so that none
 * always finds the servers as the same other one left them.
 */
final class SinkBenchmark {

    private final Settings settings;

    private SinkBenchmark(Settings settings) {
        this.settings = settings;
    }

    /**
     * What is measured, and how.
     *
     * @param rows that a contender writes to a table
     * @param messages that one writes to a topic
     * @param warmUp rows or messages that a contender writes elsewhere before
     * @param inFlight how many writes to Cassandra may be without an answer
     * @param home the project's folder
     * @param folder for what runs and servers leave
     */
    record Settings(
            List<SinkContender> contenders,
            int rounds,
            long rows,
            long messages,
            long warmUp,
            int inFlight,
            Duration timeout,
            JvmFlags jvm,
            boolean profile,
            Path home,
            Path folder) {

        Settings {
            contenders = List.copyOf(contenders);
        }

        long count(SinkContender contender) {
            return contender.toTable() ? rows : messages;
        }
    }

    /**
     * Measures.
     *
     * @param each is told of every run when it has ended and was checked
     */
    static List<Round> run(Settings settings, Consumer<Round> each) throws IOException, InterruptedException {
        SandboxHome home = SandboxHome.ofProject(settings.home());
        List<Round> rounds;
        try (SandboxServers servers =
                        SandboxServers.start(home, settings.folder().resolve("servers"));
                SinkServer tables = SinkServer.Tables.of(servers.cassandra());
                SinkServer topics = SinkServer.Topics.of(servers.kafka())) {
            rounds = new SinkBenchmark(settings).rounds(tables, topics, each);
        }
        if (rounds.stream().allMatch(Round::counts) && !settings.profile()) {
            Benchmark.delete(settings.folder());
        }
        return rounds;
    }

    private List<Round> rounds(SinkServer tables, SinkServer topics, Consumer<Round> each)
            throws IOException, InterruptedException {
        List<SinkContender> order = new ArrayList<>(settings.contenders());
        List<Round> rounds = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (SinkContender contender : order) {
                Round run = run(contender, round, contender.toTable() ? tables : topics);
                rounds.add(run);
                each.accept(run);
            }
            Collections.reverse(order);
        }
        return rounds;
    }

    private Round run(SinkContender contender, int round, SinkServer server) throws IOException, InterruptedException {
        String place = contender.label() + "_" + round;
        Path folder = settings.folder().resolve(contender.label() + "-" + round);
        List<String> arguments = new ArrayList<>(List.of(contender.label()));
        if (settings.warmUp() > 0) {
            SinkPlan warmUp = plan(server.address(), place + "_warm_up", folder.resolve("warm-up"), settings.warmUp());
            server.create(warmUp.place());
            arguments.add(warmUp.write().toString());
        }
        server.create(place);
        arguments.add(plan(server.address(), place, folder, settings.count(contender))
                .write()
                .toString());
        ContenderJvm jvm = new ContenderJvm(settings.jvm(), settings.profile(), settings.timeout());
        Optional<String> failure = jvm.run(SinkProcess.class, folder, arguments.toArray(String[]::new));
        if (failure.isPresent()) {
            return Round.failed(contender.label(), round, failure.get());
        }
        Tally found = server.read(place);
        if (settings.warmUp() > 0) {
            server.release(place + "_warm_up");
        }
        server.release(place);
        return checked(contender, round, Measured.read(folder), contender.expect(settings.count(contender)), found);
    }

    static Round checked(SinkContender contender, int round, Measured measured, Tally expected, Tally found) {
        List<String> differences = new ArrayList<>();
        if (!found.equals(expected)) {
            differences.add("expected " + expected.rows() + " rows (" + expected.checksum() + ") on the server, found "
                    + found.rows() + " (" + found.checksum() + ")");
        }
        long failed = measured.outcome()
                .tallies()
                .getOrDefault(ResultKind.DEAD_LETTERS, Tally.NONE)
                .rows();
        if (failed > 0) {
            differences.add(failed + " rows failed");
        }
        return Round.of(contender.label(), round, measured, Map.of(ResultKind.RECORDS, found), differences);
    }

    private SinkPlan plan(String server, String place, Path folder, long rows) {
        // The feed's own generator has no part in this; its rows are numbered.
        FeedSpec spec = new FeedSpec(42, 100, 1, 1, 0, 1, false);
        FeedRun feed =
                new FeedRun(spec, "", rows, 0, 0, folder.resolve("results").toString());
        JobPlan job = new JobPlan(
                feed,
                Part.PARSE,
                0,
                1,
                JobPlan.State.HEAP,
                Duration.ofSeconds(10).toMillis(),
                folder.toString(),
                settings.home().toString());
        return new SinkPlan(job, server, place, settings.inFlight());
    }
}
