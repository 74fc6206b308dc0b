package io.pipewright.app;

import io.pipewright.definition.RuntimeOptions;
import io.pipewright.schema.OptionsModel;
import io.pipewright.schema.PipelineSchemas;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All plugins that this process sees, as {@code list}, {@code describe} and {@code schema} tell of them. */
final class Plugins {

    /** How a user calls the kinds of plugins, in the order of a pipeline's blocks. */
    static final List<String> KINDS = List.of("source", "stage", "sink", "connection", "check", "format");

    /**
     * A plugin of any kind.
     *
     * @param stage its type if it is a source, stage or sink
     */
    record Plugin(
            String kind,
            String name,
            String summary,
            Class<? extends Record> options,
            Optional<StageType<?, ?>> stage) {}

    private final PluginCatalog catalog;
    private final Map<String, List<Plugin>> byKind = new LinkedHashMap<>();

    Plugins(PluginCatalog catalog) {
        this.catalog = catalog;
        for (StageInfo.Kind kind : StageInfo.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            catalog.stages(kind)
                    .values()
                    .forEach(type -> add(new Plugin(
                            name, type.info().name(), type.info().summary(), type.optionsType(), Optional.of(type))));
        }
        catalog.connections()
                .values()
                .forEach(type -> add("connection", type.name(), type.summary(), type.optionsType()));
        catalog.checks().values().forEach(type -> add("check", type.name(), type.summary(), type.optionsType()));
        catalog.formats().values().forEach(type -> add("format", type.name(), type.summary(), type.optionsType()));
    }

    /** Those of this process, and of third parties. */
    static Plugins load() {
        return new Plugins(PluginCatalog.load());
    }

    private void add(String kind, String name, String summary, Class<? extends Record> options) {
        add(new Plugin(kind, name, summary, options, Optional.empty()));
    }

    private void add(Plugin plugin) {
        byKind.computeIfAbsent(plugin.kind(), kind -> new ArrayList<>()).add(plugin);
    }

    PluginCatalog catalog() {
        return catalog;
    }

    List<Plugin> ofKind(String kind) {
        return List.copyOf(byKind.getOrDefault(kind, List.of()));
    }

    List<Plugin> all() {
        return KINDS.stream().map(this::ofKind).flatMap(Collection::stream).toList();
    }

    PipelineSchemas schemas() {
        return new PipelineSchemas(catalog, OptionsModel.of(RuntimeOptions.class));
    }
}
