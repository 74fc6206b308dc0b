package io.pipewright.schema;

import io.pipewright.spi.stage.CheckType;
import io.pipewright.spi.stage.ConnectionType;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;

/**
 * What a plugin says of itself.
 *
 * @param engineKeys what its options cannot be called, for the engine reads these keys itself
 */
record PluginFacts(String name, String summary, Class<? extends Record> options, List<String> engineKeys) {

    private static final List<String> ENTRY_KEYS =
            List.of("type", "from", "description", "parallelism", "onError", "uid");
    private static final List<String> TYPE = List.of("type");

    static PluginFacts of(StageType<?, ?> type) {
        StageInfo info = type.info();
        return new PluginFacts(info.name(), info.summary(), type.optionsType(), ENTRY_KEYS);
    }

    static PluginFacts of(ConnectionType<?> type) {
        return new PluginFacts(type.name(), type.summary(), type.optionsType(), TYPE);
    }

    static PluginFacts of(CheckType<?> type) {
        return new PluginFacts(type.name(), type.summary(), type.optionsType(), TYPE);
    }

    static PluginFacts of(FormatType<?> type) {
        return new PluginFacts(type.name(), type.summary(), type.optionsType(), TYPE);
    }
}
