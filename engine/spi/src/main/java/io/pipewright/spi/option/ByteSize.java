package io.pipewright.spi.option;

import java.io.Serializable;

/** A number of bytes, written {@code 64MiB}; 0 or more. */
public record ByteSize(long bytes) implements Serializable {}
