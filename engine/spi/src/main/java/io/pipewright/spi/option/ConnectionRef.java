package io.pipewright.spi.option;

/**
 * A reference to an entry of {@code connections}.
 *
 * @param path the option's path
 */
public record ConnectionRef(String id, String path) {}
