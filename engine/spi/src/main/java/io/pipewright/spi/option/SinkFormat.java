package io.pipewright.spi.option;

/**
 * The {@code format} block of a sink.
 *
 * @param type the format's name, for example {@code json}
 * @param options the format's own options
 */
public record SinkFormat(String type, Record options) {}
