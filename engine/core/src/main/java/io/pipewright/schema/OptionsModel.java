package io.pipewright.schema;

import io.pipewright.spi.option.ByteSize;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.option.SinkFormat;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.option.TimeDifference;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.option.TypeName;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of a plugin, read off its options record: the one source of the JSON Schema, the binding, the defaults,
 * the edges and the reference page.
 *
 * <p>A record that breaks the rules (an option without a text, a component of an unknown class) is a fault of its
 * programmer and throws {@link IllegalArgumentException}.
 */
public record OptionsModel(Class<? extends Record> type, List<OptionModel> options) {

    private static final Map<Class<?>, OptionShape.Leaf> LEAVES = Map.ofEntries(
            Map.entry(String.class, OptionShape.Leaf.STRING),
            Map.entry(boolean.class, OptionShape.Leaf.BOOLEAN),
            Map.entry(Boolean.class, OptionShape.Leaf.BOOLEAN),
            Map.entry(int.class, OptionShape.Leaf.INT),
            Map.entry(Integer.class, OptionShape.Leaf.INT),
            Map.entry(long.class, OptionShape.Leaf.LONG),
            Map.entry(Long.class, OptionShape.Leaf.LONG),
            Map.entry(double.class, OptionShape.Leaf.DOUBLE),
            Map.entry(Double.class, OptionShape.Leaf.DOUBLE),
            Map.entry(Duration.class, OptionShape.Leaf.DURATION),
            Map.entry(TimeDifference.class, OptionShape.Leaf.DIFFERENCE),
            Map.entry(Rate.class, OptionShape.Leaf.RATE),
            Map.entry(ByteSize.class, OptionShape.Leaf.SIZE),
            Map.entry(Times.class, OptionShape.Leaf.TIMES),
            Map.entry(Instant.class, OptionShape.Leaf.TIMESTAMP),
            Map.entry(Expression.class, OptionShape.Leaf.EXPRESSION),
            Map.entry(PortRef.class, OptionShape.Leaf.PORT),
            Map.entry(RecordRef.class, OptionShape.Leaf.RECORD),
            Map.entry(ConnectionRef.class, OptionShape.Leaf.CONNECTION),
            Map.entry(FileRef.class, OptionShape.Leaf.FILE),
            Map.entry(Secret.class, OptionShape.Leaf.SECRET));

    public OptionsModel {
        options = List.copyOf(options);
    }

    /** Reading annotations takes long, and every entry of a pipeline asks for its model more than once. */
    private static final ClassValue<OptionsModel> READ = new ClassValue<>() {
        @Override
        protected OptionsModel computeValue(Class<?> type) {
            return of(type.asSubclass(Record.class), List.of());
        }
    };

    /** The model of an options record. */
    public static OptionsModel of(Class<? extends Record> type) {
        return READ.get(type);
    }

    /** @param around the records in which it stands, the outermost first */
    private static OptionsModel of(Class<? extends Record> type, List<Class<?>> around) {
        List<Class<?>> path = new ArrayList<>(around);
        path.add(type);
        List<OptionModel> options = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            options.add(option(type, component, path));
        }
        return new OptionsModel(type, options);
    }

    public Optional<OptionModel> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return options.stream().map(OptionModel::name).toList();
    }

    /** The option that names all inputs, each with its port, in place of the key {@code from}; empty for most plugins. */
    public Optional<String> namedInputs() {
        for (OptionModel option : options) {
            if (option.shape() instanceof OptionShape.MapOf map && map.value() == OptionShape.Leaf.PORT) {
                return Optional.of(option.name());
            }
        }
        return Optional.empty();
    }

    private static OptionModel option(Class<? extends Record> type, RecordComponent component, List<Class<?>> path) {
        Option option = component.getAnnotation(Option.class);
        String where = type.getSimpleName() + "." + component.getName();
        if (option == null || option.doc().isBlank()) {
            throw new IllegalArgumentException(where + " has no @Option with a text");
        }
        String defaultText = option.defaultValue().isEmpty() ? null : option.defaultValue();
        return new OptionModel(
                component.getName(),
                shape(component.getGenericType(), where, path),
                defaultText == null && !isNullable(component.getAnnotatedType()),
                defaultText,
                option.least(),
                option.most(),
                option.doc() + range(option),
                option.change(),
                option.secret());
    }

    /** What an option takes, as the end of its text. */
    private static String range(Option option) {
        String least = option.least().isEmpty() ? "" : " At least `" + option.least() + "`.";
        return option.most().isEmpty() ? least : least + " At most `" + option.most() + "`.";
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static OptionShape shape(Type type, String where, List<Class<?>> path) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new OptionShape.ListOf(shape(arguments[0], where, path));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new OptionShape.MapOf(shape(arguments[1], where, path));
            }
        }
        if (type instanceof Class<?> plain) {
            return shapeOfClass(plain, where, path);
        }
        throw new IllegalArgumentException(where + " is of a type that options cannot have: " + type);
    }

    private static OptionShape shapeOfClass(Class<?> type, String where, List<Class<?>> path) {
        OptionShape.Leaf leaf = LEAVES.get(type);
        if (leaf != null) {
            return leaf;
        }
        if (type == SourceFormat.class) {
            return new OptionShape.SourceFormatBlock();
        }
        if (type == SinkFormat.class) {
            return new OptionShape.SinkFormatBlock();
        }
        if (type.isEnum()) {
            return choice(type);
        }
        if (type.isRecord()) {
            Class<? extends Record> record = type.asSubclass(Record.class);
            return path.contains(type) ? new OptionShape.Again(record) : new OptionShape.ObjectOf(of(record, path));
        }
        if (type.isSealed()) {
            return variants(type, where, path);
        }
        throw new IllegalArgumentException(where + " is of a class that options cannot have: " + type);
    }

    @SuppressWarnings("unchecked") // isEnum was asked
    private static OptionShape choice(Class<?> type) {
        Class<? extends Enum<?>> enumType = (Class<? extends Enum<?>>) type;
        List<String> values = Arrays.stream(enumType.getEnumConstants())
                .map(OptionsModel::camelCase)
                .toList();
        return new OptionShape.Choice(enumType, values);
    }

    private static OptionShape variants(Class<?> type, String where, List<Class<?>> path) {
        Map<String, OptionsModel> variants = new LinkedHashMap<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            TypeName name = permitted.getAnnotation(TypeName.class);
            if (name == null || !permitted.isRecord()) {
                throw new IllegalArgumentException(where + ": " + permitted + " is no record with a @TypeName");
            }
            variants.put(name.value(), of(permitted.asSubclass(Record.class), path));
        }
        return new OptionShape.VariantOf(variants);
    }

    /** {@code AT_LEAST_ONCE} as authors write it: {@code atLeastOnce}. */
    public static String camelCase(Enum<?> constant) {
        StringBuilder text = new StringBuilder();
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            text.append(text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }
}
