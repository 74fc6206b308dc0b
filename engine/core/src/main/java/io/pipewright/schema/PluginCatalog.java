package io.pipewright.schema;

import io.pipewright.spi.stage.CheckType;
import io.pipewright.spi.stage.ConnectionType;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** The plugins there are, by kind and name. */
public final class PluginCatalog {

    private final Map<StageInfo.Kind, Map<String, StageType<?, ?>>> stages;
    private final Map<String, ConnectionType<?>> connections;
    private final Map<String, CheckType<?>> checks;
    private final Map<String, FormatType<?>> formats;

    private PluginCatalog(
            Map<StageInfo.Kind, Map<String, StageType<?, ?>>> stages,
            Map<String, ConnectionType<?>> connections,
            Map<String, CheckType<?>> checks,
            Map<String, FormatType<?>> formats) {
        this.stages = stages;
        this.connections = connections;
        this.checks = checks;
        this.formats = formats;
    }

    private PluginCatalog(ClassLoader loader) {
        stages = new TreeMap<>();
        for (StageType<?, ?> type : ServiceLoader.load(StageType.class, loader)) {
            put(
                    stages.computeIfAbsent(type.info().kind(), kind -> new TreeMap<>()),
                    type.info().name(),
                    type);
        }
        connections = load(ConnectionType.class, loader, type -> type.name());
        checks = load(CheckType.class, loader, type -> type.name());
        formats = load(FormatType.class, loader, type -> type.name());
    }

    /** The plugins that a class loader sees. Two of the same kind and name are a fault of the installation. */
    public static PluginCatalog load(ClassLoader loader) {
        return new PluginCatalog(loader);
    }

    /** These plugins and more. */
    public PluginCatalog with(List<? extends StageType<?, ?>> moreStages, List<? extends FormatType<?>> moreFormats) {
        Map<StageInfo.Kind, Map<String, StageType<?, ?>>> allStages = new TreeMap<>();
        stages.forEach((kind, types) -> allStages.put(kind, new TreeMap<>(types)));
        moreStages.forEach(type -> put(
                allStages.computeIfAbsent(type.info().kind(), kind -> new TreeMap<>()),
                type.info().name(),
                type));
        Map<String, FormatType<?>> allFormats = new TreeMap<>(formats);
        moreFormats.forEach(type -> put(allFormats, type.name(), type));
        return new PluginCatalog(allStages, connections, checks, allFormats);
    }

    private static <S, T extends S> Map<String, T> load(
            Class<S> service, ClassLoader loader, Function<S, String> name) {
        Map<String, T> found = new TreeMap<>();
        for (S type : ServiceLoader.load(service, loader)) {
            @SuppressWarnings("unchecked") // T is S with its type parameters open
            T plugin = (T) type;
            put(found, name.apply(type), plugin);
        }
        return found;
    }

    private static <T> void put(Map<String, T> all, String name, T plugin) {
        T other = all.putIfAbsent(name, plugin);
        if (other != null) {
            throw new IllegalStateException("Two plugins are called `" + name + "`: "
                    + other.getClass().getName() + " and " + plugin.getClass().getName());
        }
    }

    /** The sources, stages or sinks by the name of their type, in alphabetical order. */
    public Map<String, StageType<?, ?>> stages(StageInfo.Kind kind) {
        return Collections.unmodifiableMap(stages.getOrDefault(kind, Map.of()));
    }

    public Optional<StageType<?, ?>> stage(StageInfo.Kind kind, String name) {
        return Optional.ofNullable(stages.getOrDefault(kind, Map.of()).get(name));
    }

    public Map<String, ConnectionType<?>> connections() {
        return connections;
    }

    public Map<String, CheckType<?>> checks() {
        return checks;
    }

    public Map<String, FormatType<?>> formats() {
        return formats;
    }
}
