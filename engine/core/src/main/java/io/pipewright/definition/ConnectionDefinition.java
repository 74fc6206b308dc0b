package io.pipewright.definition;

import io.pipewright.spi.stage.ConnectionType;

/** An entry of {@code connections}. */
public record ConnectionDefinition(String id, ConnectionType<?> type, Record options, Place place) {}
