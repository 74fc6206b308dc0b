package io.pipewright.definition;

import io.pipewright.spi.stage.CheckType;

/** An entry of {@code checks}. */
public record CheckDefinition(String id, CheckType<?> type, Record options, Place place) {}
