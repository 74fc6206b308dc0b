package io.pipewright.sandbox.cxone;

import java.time.Instant;

/**
 * A record that came too late for a stage.
 *
 * @param subject the interaction's id; for a profile the customer's
 */
public record LateRow(String stage, Instant eventTime, String subject) {}
