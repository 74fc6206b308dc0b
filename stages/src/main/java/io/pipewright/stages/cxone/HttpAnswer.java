package io.pipewright.stages.cxone;

/**
 * An answer with a 2xx status.
 *
 * @param body at most {@value CxoneClient#MAX_BODY_BYTES} bytes on the way here; bytes that are not of its character set are replaced
 */
public record HttpAnswer(int status, String body) implements HttpResult {}
