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
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final List<PortRef> ports = new ArrayList<>();

    OptionsBinder(
            PluginCatalog plugins,
            Interpolation interpolation,
            Surroundings surroundings,
            DeclaredNames names,
            DiagnosticCollector problems) {
        this.plugins = plugins;
        this.interpolation = interpolation;
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
     * @return null if a value was wrong, which is reported
     */
    <O extends Record> @Nullable O bind(Class<O> type, MappingNode node, Span key, String path) {
        return type.cast(bind(OptionsModel.of(type), node, key, path));
    }

    private @Nullable Object bind(OptionsModel model, MappingNode node, Span key, String path) {
        @Nullable Object[] arguments = new Object[model.options().size()];
        boolean right = true;
        for (int i = 0; i < arguments.length; i++) {
            OptionModel option = model.options().get(i);
            Node value = valueOf(option, node, key);
            if (value != null) {
                arguments[i] = bind(option.shape(), value, key, join(path, option.name()));
                right &= arguments[i] != null;
            }
        }
        return right ? create(model.type(), arguments) : null;
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
        if (written == null && option.required()) {
            throw new IllegalStateException("The schema let a missing `" + option.name() + "` through");
        }
        return written;
    }

    private static boolean takesNull(OptionModel option) {
        return option.shape() == OptionShape.Leaf.EXPRESSION;
    }

    private @Nullable Object bind(OptionShape shape, Node node, Span key, String path) {
        if (shape instanceof OptionShape.Leaf leaf) {
            return leaf(leaf, (ScalarNode) node, path);
        } else if (shape instanceof OptionShape.Choice choice) {
            return scalars.choice(choice, (ScalarNode) node);
        } else if (shape instanceof OptionShape.ListOf list) {
            return list(list, node, key, path);
        } else if (shape instanceof OptionShape.MapOf map) {
            return map(map, (MappingNode) node, path);
        } else if (shape instanceof OptionShape.ObjectOf object) {
            return bind(object.model(), (MappingNode) node, key, path);
        } else if (shape instanceof OptionShape.VariantOf variant) {
            return variant(variant, (MappingNode) node, key, path);
        } else if (shape instanceof OptionShape.SourceFormatBlock) {
            return sourceFormat((MappingNode) node, key, path);
        }
        return sinkFormat((MappingNode) node, key, path);
    }

    private @Nullable Object leaf(OptionShape.Leaf leaf, ScalarNode node, String path) {
        Object value = scalars.leaf(leaf, node, path);
        if (value instanceof PortRef port) {
            ports.add(port);
        }
        return value;
    }

    private @Nullable Object list(OptionShape.ListOf shape, Node node, Span key, String path) {
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
        boolean right = true;
        for (int i = 0; i < items.size(); i++) {
            Object value = bind(shape.element(), items.get(i), key, path + "[" + i + "]");
            right &= value != null && values.add(value);
        }
        return right ? List.copyOf(values) : null;
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

    private @Nullable Object map(OptionShape.MapOf shape, MappingNode node, String path) {
        Map<String, Object> values = new LinkedHashMap<>();
        boolean right = true;
        for (MappingNode.Entry entry : node.entries()) {
            Object value = bind(shape.value(), entry.value(), entry.keySpan(), join(path, entry.key()));
            if (value != null) {
                values.put(entry.key(), value);
            }
            right &= value != null;
        }
        return right ? Collections.unmodifiableMap(values) : null;
    }

    private @Nullable Object variant(OptionShape.VariantOf shape, MappingNode node, Span key, String path) {
        OptionsModel model = shape.variants().get(node.text("type").orElse(""));
        return bind(Objects.requireNonNull(model, "the schema checks `type`"), node, key, path);
    }

    private @Nullable Object sourceFormat(MappingNode node, Span key, String path) {
        Node record = node.get("record").orElseThrow();
        Object ref = scalars.leaf(OptionShape.Leaf.RECORD, (ScalarNode) record, join(path, "record"));
        Object blank = SourceFormat.Blank.SKIP;
        if (node.get("blank").orElse(null) instanceof ScalarNode written) {
            blank = scalars.choice(
                    new OptionShape.Choice(SourceFormat.Blank.class, List.of("skip", "deadLetter")), written);
        }
        Object options = formatOptions(node, key, path);
        return ref == null || options == null || blank == null
                ? null
                : new SourceFormat(
                        node.text("type").orElseThrow(), (RecordRef) ref, (SourceFormat.Blank) blank, (Record) options);
    }

    private @Nullable Object sinkFormat(MappingNode node, Span key, String path) {
        Object options = formatOptions(node, key, path);
        return options == null ? null : new SinkFormat(node.text("type").orElseThrow(), (Record) options);
    }

    private @Nullable Object formatOptions(MappingNode node, Span key, String path) {
        FormatType<?> type =
                Objects.requireNonNull(plugins.formats().get(node.text("type").orElse("")), "the schema checks `type`");
        MappingNode own = node;
        for (String engineKey : FORMAT_KEYS) {
            own = own.without(engineKey);
        }
        return bind(OptionsModel.of(type.optionsType()), own, key, path);
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
