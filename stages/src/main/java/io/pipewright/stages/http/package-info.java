/**
 * The {@code http} connection and the {@code httpContract} check, which ask an API before a job is submitted whether it
 * still is what the pipeline was written for.
 *
 * <p>Talking HTTP is done by {@link io.pipewright.stages.cxone}, which is no stage but a client that knows neither Flink
 * nor the engine; it is the one package beside its own that this one may import.
 */
@NullMarked
package io.pipewright.stages.http;

import org.jspecify.annotations.NullMarked;
