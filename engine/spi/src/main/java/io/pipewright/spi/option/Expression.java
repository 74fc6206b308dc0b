package io.pipewright.spi.option;

import java.io.Serializable;

/**
 * An expression as its author wrote it, not yet checked; a plugin checks it in its {@code plan}.
 *
 * @param path where the option is, for example {@code steps[0].where}
 */
public record Expression(String text, String path) implements Serializable {}
