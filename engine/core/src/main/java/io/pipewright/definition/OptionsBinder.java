package io.pipewright.definition;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.schema.OptionModel;
import io.pipewright.schema.OptionShape;
import io.pipewright.schema.OptionsModel;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.SinkFormat;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the options record of an entry from its YAML. The document has been checked against the schema, so the keys and
 * the kinds of values are right; what is in the scalars is checked here.
 */
final class OptionsBinder {

    private static final List<String> FORMAT_KEYS = List.of("type", "record", "blank");

    private final PluginCatalog plugins;
    private final Interpolation interpolation;
    private final ScalarBinder scalars;
    private final Reading reading;
    private final List<PortRef> ports = new ArrayList<>();

    OptionsBinder(
            PluginCatalog plugins,
            Interpolation interpolation,
            Surroundings surroundings,
            DeclaredNames names,
            DiagnosticCollector problems) {
        this.plugins = plugins;
        this.interpolation = interpolation;
        this.reading = names.reading();
        this.scalars = new ScalarBinder(interpolation, surroundings, names, problems);
    }

    /** The references to ports that were bound since the last call, in order. */
    List<PortRef> takePorts() {
        List<PortRef> taken = List.copyOf(ports);
        ports.clear();
        return taken;
    }

    /**
     * Binds a mapping; keys that are not options of the model are the caller's.
     *
     * @param path of the mapping among the entry's options, empty for the entry itself
     * @return the options; what stands in for a value that is wrong, which is reported, follows from the reading
     */
    <O extends Record> O bind(Class<O> type, MappingNode node, Span key, String path) {
        return Objects.requireNonNull(type.cast(bind(OptionsModel.of(type), node, key, path)));
    }

    private Object bind(OptionsModel model, MappingNode node, Span key, String path) {
        @Nullable Object[] arguments = new Object[model.options().size()];
        for (int i = 0; i < arguments.length; i++) {
            OptionModel option = model.options().get(i);
            String at = join(path, option.name());
            Node value = valueOf(option, node, key);
            @Nullable Object bound = value == null ? null : bind(option.shape(), value, key, at);
            arguments[i] = bound != null && value != null && scalars.isInRange(option, bound, value) ? bound : null;
            if (arguments[i] == null && (value != null || option.required())) {
                arguments[i] = standIn(option, key, at);
            }
        }
        return create(model.type(), arguments);
    }

    /** What an option has whose value is wrong; null if it is absent. */
    private @Nullable Object standIn(OptionModel option, Span key, String path) {
        boolean absent = reading == Reading.FIRST && !option.required();
        if (absent && option.defaultText() != null) {
            Node byDefault = ScalarNode.plain(option.defaultText(), key);
            return bind(option.shape(), byDefault, key, path);
        }
        return absent ? null : standIn(option.shape(), key, path);
    }

    private Object standIn(OptionShape shape, Span key, String path) {
        if (shape instanceof OptionShape.Leaf leaf) {
            return noted(reading.value(leaf, path));
        } else if (shape instanceof OptionShape.Choice choice) {
            Enum<?>[] values = choice.type().getEnumConstants();
            return values[reading.pick(0, values.length - 1)];
        } else if (shape instanceof OptionShape.ListOf list) {
            return reading == Reading.FIRST ? List.of() : List.of(standIn(list.element(), key, path + "[0]"));
        } else if (shape instanceof OptionShape.MapOf map) {
            String name = reading.word();
            return reading == Reading.FIRST ? Map.of() : Map.of(name, standIn(map.value(), key, join(path, name)));
        } else if (shape instanceof OptionShape.ObjectOf object) {
            return standIn(object.model(), key, path);
        } else if (shape instanceof OptionShape.Again again) {
            return standIn(again.model(), key, path);
        } else if (shape instanceof OptionShape.VariantOf variant) {
            return standIn(picked(variant.variants().values()), key, path);
        } else if (shape instanceof OptionShape.SourceFormatBlock) {
            return sourceFormat(nothing(key), key, path);
        }
        return sinkFormat(nothing(key), key, path);
    }

    private Object standIn(OptionsModel model, Span key, String path) {
        return bind(model, nothing(key), key, path);
    }

    private static MappingNode nothing(Span key) {
        return new MappingNode(List.of(), key);
    }

    /** The first of some, or the last. */
    private <T> T picked(Collection<T> all) {
        List<T> list = List.copyOf(all);
        return list.get(reading.pick(0, list.size() - 1));
    }

    /** The node of an option; of its default, if it is absent and has one; else null. */
    private static @Nullable Node valueOf(OptionModel option, MappingNode node, Span key) {
        Node written = node.get(option.name()).orElse(null);
        if (written instanceof ScalarNode scalar && scalar.isNull() && !takesNull(option)) {
            written = null;
        }
        if (written == null && option.defaultText() != null) {
            return ScalarNode.plain(option.defaultText(), key);
        }
        return written;
    }

    private static boolean takesNull(OptionModel option) {
        return option.shape() == OptionShape.Leaf.EXPRESSION;
    }

    private @Nullable Object bind(OptionShape shape, Node node, Span key, String path) {
        if (node instanceof BrokenNode) {
            return null;
        } else if (shape instanceof OptionShape.Leaf leaf) {
            return leaf(leaf, (ScalarNode) node, path);
        } else if (shape instanceof OptionShape.Choice choice) {
            return scalars.choice(choice, (ScalarNode) node);
        } else if (shape instanceof OptionShape.ListOf list) {
            return list(list, node, key, path);
        } else if (shape instanceof OptionShape.MapOf map) {
            return map(map, (MappingNode) node, path);
        } else if (shape instanceof OptionShape.ObjectOf object) {
            return bind(object.model(), (MappingNode) node, key, path);
        } else if (shape instanceof OptionShape.Again again) {
            return bind(again.model(), (MappingNode) node, key, path);
        } else if (shape instanceof OptionShape.VariantOf variant) {
            return variant(variant, (MappingNode) node, key, path);
        } else if (shape instanceof OptionShape.SourceFormatBlock) {
            return sourceFormat((MappingNode) node, key, path);
        }
        return sinkFormat((MappingNode) node, key, path);
    }

    private @Nullable Object leaf(OptionShape.Leaf leaf, ScalarNode node, String path) {
        Object value = scalars.leaf(leaf, node, path);
        return value == null ? null : noted(value);
    }

    private Object noted(Object value) {
        if (value instanceof PortRef port) {
            ports.add(port);
        }
        return value;
    }

    private Object list(OptionShape.ListOf shape, Node node, Span key, String path) {
        List<Node> items = new ArrayList<>();
        for (Node item : node instanceof SequenceNode sequence ? sequence.items() : List.of(node)) {
            if (item instanceof ScalarNode scalar
                    && shape.element() != OptionShape.Leaf.EXPRESSION
                    && Interpolation.hasReference(scalar)) {
                items.addAll(split(scalar));
            } else {
                items.add(item);
            }
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String at = path + "[" + i + "]";
            Object value = bind(shape.element(), items.get(i), key, at);
            values.add(value == null ? standIn(shape.element(), key, at) : value);
        }
        return List.copyOf(values);
    }

    /** A reference in a list stands for as many items as its value has parts between commas. */
    private List<ScalarNode> split(ScalarNode scalar) {
        String text = interpolation.resolve(scalar).orElse(null);
        if (text == null) {
            return List.of(scalar);
        }
        return Arrays.stream(text.split(",", -1))
                .map(part -> ScalarNode.plain(part.strip().replace("${", "$${"), scalar.span()))
                .toList();
    }

    private Object map(OptionShape.MapOf shape, MappingNode node, String path) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (MappingNode.Entry entry : node.entries()) {
            String at = join(path, entry.key());
            Object value = bind(shape.value(), entry.value(), entry.keySpan(), at);
            values.put(entry.key(), value == null ? standIn(shape.value(), entry.keySpan(), at) : value);
        }
        return Collections.unmodifiableMap(values);
    }

    private Object variant(OptionShape.VariantOf shape, MappingNode node, Span key, String path) {
        OptionsModel model = shape.variants().get(node.text("type").orElse(""));
        return model == null ? standIn(picked(shape.variants().values()), key, path) : bind(model, node, key, path);
    }

    private Object sourceFormat(MappingNode node, Span key, String path) {
        String recordPath = join(path, "record");
        Object ref = node.get("record").orElse(null) instanceof ScalarNode record
                ? scalars.leaf(OptionShape.Leaf.RECORD, record, recordPath)
                : null;
        Object blank = node.get("blank").orElse(null) instanceof ScalarNode written
                ? scalars.choice(OptionShape.SourceFormatBlock.BLANK, written)
                : null;
        FormatType<?> type = formatType(node);
        return new SourceFormat(
                type.name(),
                (RecordRef) (ref == null ? reading.value(OptionShape.Leaf.RECORD, recordPath) : ref),
                blank == null ? SourceFormat.Blank.SKIP : (SourceFormat.Blank) blank,
                formatOptions(type, node, key, path));
    }

    private Object sinkFormat(MappingNode node, Span key, String path) {
        FormatType<?> type = formatType(node);
        return new SinkFormat(type.name(), formatOptions(type, node, key, path));
    }

    private FormatType<?> formatType(MappingNode node) {
        FormatType<?> type = plugins.formats().get(node.text("type").orElse(""));
        return type == null ? picked(plugins.formats().values()) : type;
    }

    private Record formatOptions(FormatType<?> type, MappingNode node, Span key, String path) {
        MappingNode own = node;
        for (String engineKey : FORMAT_KEYS) {
            own = own.without(engineKey);
        }
        boolean known = plugins.formats().containsKey(node.text("type").orElse(""));
        return bind(type.optionsType(), known ? own : nothing(key), key, path);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Object create(Class<? extends Record> type, @Nullable Object[] arguments) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " refuses options that fit its types", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }
}
