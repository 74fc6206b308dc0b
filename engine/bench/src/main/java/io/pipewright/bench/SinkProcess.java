package io.pipewright.bench;

import io.pipewright.bench.ContenderProcess.Checkpoints;
import io.pipewright.bench.ContenderProcess.Measured;
import io.pipewright.bench.contender.SinkContender;
import io.pipewright.bench.contender.SinkPlan;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main class of the JVM in which one contender writes its rows, after some to warm up with. */
public final class SinkProcess {

    private SinkProcess() {}

    /** Runs jobs one after the other, and keeps what the last one's checkpoints were. */
    private static final class Jobs implements SinkContender.Jobs {
        private final MiniCluster cluster;
        private Checkpoints last = Checkpoints.NONE;

        Jobs(MiniCluster cluster) {
            this.cluster = cluster;
        }

        @Override
        public void run(StreamExecutionEnvironment job) throws Exception {
            last = ContenderProcess.run(cluster, job);
        }
    }

    /**
     * Runs a contender.
     *
     * @param args its label, and the files of the plans, one after the other; the last one counts
     */
    public static void main(String[] args) throws Exception {
        SinkContender contender = SinkContender.valueOf(args[0].toUpperCase(Locale.ROOT));
        MiniCluster cluster = ContenderProcess.cluster(1);
        Jobs jobs = new Jobs(cluster);
        try {
            if (contender.isJob()) {
                cluster.start();
            }
            SinkPlan plan = SinkPlan.read(Path.of(args[args.length - 1]));
            for (int i = 1; i < args.length; i++) {
                contender.run(SinkPlan.read(Path.of(args[i])), jobs);
            }
            Measured.of(plan.job().feed(), jobs.last).write(Path.of(plan.job().folder()));
        } finally {
            cluster.closeAsync().get();
        }
    }
}
