package io.pipewright.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.JobPlan;
import io.pipewright.bench.contender.JobPlanFile;
import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.ResultFolder;
import io.pipewright.bench.feed.ResultFolder.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main class of the JVM that runs one contender once; it has a Flink of its own and leaves {@code run.json}. */
public final class ContenderProcess {

    /** What a run of a contender came to. */
    record Measured(Outcome outcome, Checkpoints checkpoints, long peakHeapBytes) {

        /** Of the run that has just ended in this JVM. */
        static Measured of(FeedRun feed, Checkpoints checkpoints) throws IOException {
            return new Measured(ResultFolder.of(feed).read(), checkpoints, peakHeap());
        }

        /** Leaves it in the folder of the run. */
        void write(Path folder) throws IOException {
            new ObjectMapper().writeValue(folder.resolve(RESULT).toFile(), this);
        }

        static Measured read(Path folder) throws IOException {
            return new ObjectMapper().readValue(folder.resolve(RESULT).toFile(), Measured.class);
        }
    }

    /**
     * The checkpoints of a run.
     *
     * @param completed how many
     * @param stateBytes of the greatest of them, 0 if there is none; the last one, of a job that has ended, is empty
     */
    record Checkpoints(long completed, long stateBytes) {

        static final Checkpoints NONE = new Checkpoints(0, 0);

        static Checkpoints of(CheckpointStatsSnapshot stats) {
            return new Checkpoints(
                    stats.getCounts().getNumberOfCompletedCheckpoints(),
                    stats.getSummaryStats().getStateSizeStats().getMaximum());
        }
    }

    static final String RESULT = "run.json";

    private ContenderProcess() {}

    /**
     * Runs a contender.
     *
     * @param args the contender's label, the file of the plan, and how many events to warm up with
     */
    public static void main(String[] args) throws Exception {
        Contender contender = Contender.valueOf(args[0].toUpperCase(Locale.ROOT));
        JobPlan plan = JobPlanFile.read(Path.of(args[1]));
        long warmUp = Long.parseLong(args[2]);
        MiniCluster cluster = cluster(plan.parallelism());
        try {
            cluster.start();
            if (warmUp > 0) {
                run(cluster, contender.job().build(warmUp(plan, warmUp)));
            }
            Checkpoints checkpoints = run(cluster, contender.job().build(plan));
            Measured.of(plan.feed(), checkpoints).write(Path.of(plan.folder()));
        } finally {
            cluster.closeAsync().get();
        }
    }

    private static JobPlan warmUp(JobPlan plan, long events) throws Exception {
        String folder = plan.folder() + "/warm-up";
        FeedRun feed = plan.feed();
        JobPlan warmUp = new JobPlan(
                new FeedRun(feed.spec().withoutOpening(), feed.block(), events, 0, 0, folder + "/results"),
                plan.part(),
                plan.filters(),
                plan.parallelism(),
                plan.state(),
                plan.checkpointMillis(),
                folder,
                plan.home());
        JobPlanFile.write(warmUp);
        return warmUp;
    }

    static MiniCluster cluster(int slots) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(256));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(256));
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1_024));
        return new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    }

    /** Runs a job to its end. */
    static Checkpoints run(MiniCluster cluster, StreamExecutionEnvironment environment) throws Exception {
        JobGraph job = environment.getStreamGraph().getJobGraph();
        cluster.submitJob(job).get();
        JobResult result = cluster.requestJobResult(job.getJobID()).get();
        result.toJobExecutionResult(ContenderProcess.class.getClassLoader());
        return Checkpoints.of(cluster.getExecutionGraph(job.getJobID()).get().getCheckpointStatsSnapshot());
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
