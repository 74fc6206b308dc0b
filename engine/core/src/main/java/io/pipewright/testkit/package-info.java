/**
 * Runs jobs and pipelines in a test, by method calls, without a cluster, threads or waiting.
 *
 * <h2>The model</h2>
 *
 * <p>A job is taken as it was built for a cluster. Each of its operators lives in an operator harness of Flink's own
 * test kit, once (parallelism 1); records, watermarks and snapshots go from one to the next as method calls, so that a
 * call returns when the job has come to rest. Sources are not run: the test emits in their place. Sinks that the test
 * names are not run either: what reaches them is collected. Everything between is the code that runs in production:
 * operators are copied by serialization before they start, records cross a partitioned edge as bytes, the watermark of a
 * union or an operator with two inputs is the lowest of those that come in, and an operator's work on its mailbox is done
 * before the call returns.
 *
 * <p>Three doors: {@link io.pipewright.testkit.Scenario} for tests of stages, {@link
 * io.pipewright.testkit.PipelineHarness} for a pipeline as its author wrote it, {@link io.pipewright.testkit.JobHarness}
 * for any Flink job.
 *
 * <p>A crash is a snapshot of all operators at a point of rest, and a new start of all from it. Watermarks are no part of
 * a snapshot, here as in Flink.
 *
 * <h2>What is not covered</h2>
 *
 * <ul>
 *   <li>more than one subtask: rescaling, the order of records from several subtasks, the share of a rate limit;
 *   <li>sources themselves: reading, offsets, replay after a crash, their watermark generators and idle splits;
 *   <li>a crash while records are under way, aligned and unaligned barriers, back-pressure, the network;
 *   <li>broadcast state, operators with more than two inputs, iterations;
 *   <li>incremental and asynchronous snapshots, limits of memory.
 * </ul>
 *
 * <p>For these there is the real thing, in the integration tests.
 */
@NullMarked
package io.pipewright.testkit;

import org.jspecify.annotations.NullMarked;
