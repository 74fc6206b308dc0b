package io.pipewright.flink;

import io.pipewright.schema.PluginCatalog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.SerializedThrowable;
import org.apache.flink.util.concurrent.FutureUtils;

/** A job on a Flink of its own in this process. Closing it cancels the job if it still runs, and ends that Flink. */
public final class LocalJob implements AutoCloseable {

    /** How often a job that runs is asked whether it has failed in the meantime. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String name;
    private final MiniCluster cluster;
    private final JobID id;
    private final URI webUi;
    private final Path folder;

    private LocalJob(String name, MiniCluster cluster, JobID id, URI webUi, Path folder) {
        this.name = name;
        this.cluster = cluster;
        this.id = id;
        this.webUi = webUi;
        this.folder = folder;
    }

    /** What a Flink in this process needs beside the pipeline's own settings. */
    static Configuration settings(Path folder, int port) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, String.valueOf(port));
        settings.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
        // In one process no question gets lost: after 10 s its answer is late, on a machine that is busy, and no more.
        settings.set(RpcOptions.ASK_TIMEOUT_DURATION, Duration.ofMinutes(2));
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        return settings;
    }

    /** @param job made while Flink starts, which takes about as long */
    static LocalJob start(String name, Supplier<JobGraph> job, Configuration settings, int slots, Path folder)
            throws JobFailure {
        // All of it is taken at the start; every subtask needs some for each subtask that it sends to.
        MemorySize network = MemorySize.ofMebiBytes(Math.max(64, 16L * slots));
        Configuration ofCluster = new Configuration(settings);
        ofCluster.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        ofCluster.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(ofCluster)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        CompletableFuture<Void> start =
                FutureUtils.runAsync(cluster::start, task -> new Thread(task, "start-flink").start());
        LocalJob started = null;
        try {
            JobGraph graph = job.get();
            start.get();
            cluster.submitJob(graph).get();
            started = new LocalJob(
                    name, cluster, graph.getJobID(), cluster.getRestAddress().get(), folder);
            return started;
        } catch (InterruptedException | ExecutionException e) {
            throw new JobFailure("`" + name + "` could not start: " + RootCause.sentence(e), e);
        } finally {
            if (started == null) {
                // Closed before it has started it would start all the same.
                start.whenComplete((done, failure) -> cluster.closeAsync());
            }
        }
    }

    /** The address of the web UI, which is also that of Flink's REST interface. */
    public URI webUi() {
        return webUi;
    }

    /** The job's id, as Flink's REST interface writes it. */
    public String id() {
        return id.toString();
    }

    /** Whether the job has ended, well or not. */
    public boolean ended() throws JobFailure {
        return of(cluster.getJobStatus(id)).isGloballyTerminalState();
    }

    public boolean running() throws JobFailure {
        return of(cluster.getJobStatus(id)) == JobStatus.RUNNING;
    }

    /** Waits until the job ends by itself. */
    public void await() throws JobFailure {
        await(reason -> {});
    }

    /**
     * Waits until the job ends by itself.
     *
     * @param restarts is told, in a sentence, why the job has failed, whenever it has and is started again
     */
    public void await(Consumer<String> restarts) throws JobFailure {
        CompletableFuture<JobResult> end = cluster.requestJobResult(id);
        long told = 0;
        while (!isDone(end)) {
            AccessExecutionGraph graph = of(cluster.getExecutionGraph(id));
            ErrorInfo failure = graph.getFailureInfo();
            boolean lives = graph.getState() == JobStatus.RUNNING || graph.getState() == JobStatus.RESTARTING;
            if (lives && failure != null && failure.getTimestamp() > told) {
                told = failure.getTimestamp();
                restarts.accept(sentence(failure.getException()));
            }
        }
        JobResult result = of(end);
        if (result.getSerializedThrowable().isPresent()) {
            SerializedThrowable failure = result.getSerializedThrowable().get();
            throw new JobFailure("`" + name + "` failed: " + sentence(failure), failure);
        }
    }

    private static String sentence(SerializedThrowable failure) {
        return RootCause.sentence(failure.deserializeError(PluginCatalog.surroundings()));
    }

    /** Waits a little for a future; whether it is done, well or not. */
    private static boolean isDone(CompletableFuture<?> future) {
        try {
            future.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the job with a final watermark, so that every window and timeout fires, and waits for its end. */
    public void drain() throws JobFailure {
        String savepoints = folder.resolve("savepoints").toUri().toString();
        of(cluster.stopWithSavepoint(id, savepoints, true, SavepointFormatType.NATIVE));
        await();
    }

    private <T> T of(CompletableFuture<T> future) throws JobFailure {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure("`" + name + "` was interrupted.", e);
        } catch (ExecutionException e) {
            throw new JobFailure("`" + name + "` failed: " + RootCause.sentence(e), e);
        }
    }

    @Override
    public void close() throws JobFailure {
        try {
            if (!ended()) {
                of(cluster.cancelJob(id));
            }
        } finally {
            of(cluster.closeAsync());
        }
    }
}
