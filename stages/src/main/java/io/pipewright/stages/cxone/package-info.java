/**
 * The HTTP client for the NICE CXone API: OAuth 2.0 tokens, retries and time limits, and every expected failure as a value that says what
 * to do. It knows neither Flink nor the engine.
 */
@NullMarked
package io.pipewright.stages.cxone;

import org.jspecify.annotations.NullMarked;
