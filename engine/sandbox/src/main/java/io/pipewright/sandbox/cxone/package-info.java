/**
 * The outside world of {@code pipelines/cxone.yaml}: a CXone API, interaction events, and an oracle that says what the
 * pipeline must make of them - in plain Java, without Flink and without the engine's code.
 */
@NullMarked
package io.pipewright.sandbox.cxone;

import org.jspecify.annotations.NullMarked;
