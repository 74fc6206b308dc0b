package io.pipewright.spi.option;

/**
 * A reference to an entry of {@code records}; the engine has found it to exist before a plugin sees it.
 *
 * @param path the option's path
 */
public record RecordRef(String name, String path) {}
