package io.pipewright.sandbox.cxone;

/**
 * A record that was refused, as far as an oracle can say it: where, and which one. A pipeline may report one more than
 * once; distinct ones are compared.
 *
 * @param raw the bytes in base64 if the source refused them; else empty
 */
public record DeadLetterRow(String stage, int partition, long offset, String raw) {}
