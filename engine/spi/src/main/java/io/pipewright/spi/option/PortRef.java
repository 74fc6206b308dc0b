package io.pipewright.spi.option;

/**
 * A reference to an output of another entry, as {@code routing.customers}; each one in an options record is an edge.
 *
 * @param text as written: an id, or an id and a port with a dot between
 * @param path the option's path, which is the name of this input of the stage: {@code with}, {@code inputs.call}
 */
public record PortRef(String text, String path) {}
