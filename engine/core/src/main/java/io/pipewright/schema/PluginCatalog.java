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
import java.util.TreeMap;

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

    private PluginCatalog(PluginFinder plugins) {
        stages = new TreeMap<>();
        plugins.find(
                StageType.class,
                PluginFacts::of,
                (name, type) -> put(stages.computeIfAbsent(type.info().kind(), kind -> new TreeMap<>()), name, type));
        connections = new TreeMap<>();
        plugins.find(ConnectionType.class, PluginFacts::of, (name, type) -> put(connections, name, type));
        checks = new TreeMap<>();
        plugins.find(CheckType.class, PluginFacts::of, (name, type) -> put(checks, name, type));
        formats = new TreeMap<>();
        plugins.find(FormatType.class, PluginFacts::of, (name, type) -> put(formats, name, type));
    }

    /**
     * The plugins that a class loader sees.
     *
     * @throws PluginException if one of them cannot be used, or two of the same kind have one name
     */
    public static PluginCatalog load(ClassLoader loader) {
        return new PluginCatalog(new PluginFinder(loader));
    }

    /** The plugins that {@link #surroundings} see. */
    public static PluginCatalog load() {
        return load(surroundings());
    }

    /**
     * The class loader that sees the plugins of third parties too: the one that whoever started this thread has given it,
     * as Flink's command line does, else Pipewright's own.
     */
    public static ClassLoader surroundings() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? PluginCatalog.class.getClassLoader() : context;
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

    private static <T> void put(Map<String, T> all, String name, T plugin) {
        T other = all.putIfAbsent(name, plugin);
        if (other != null) {
            throw new PluginException("Two plugins are called `" + name + "`: " + PluginFinder.name(other) + " and "
                    + PluginFinder.name(plugin) + ". Leave one of them out, or give it another name.");
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
