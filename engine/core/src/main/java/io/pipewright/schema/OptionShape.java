package io.pipewright.schema;

import io.pipewright.spi.option.SourceFormat;
import java.util.List;
import java.util.Map;

/** What form the value of an option has in YAML. */
public sealed interface OptionShape {

    /** A scalar, by what it is read as. */
    enum Leaf implements OptionShape {
        STRING,
        BOOLEAN,
        INT,
        LONG,
        DOUBLE,
        DURATION,
        DIFFERENCE,
        RATE,
        SIZE,
        TIMES,
        TIMESTAMP,
        EXPRESSION,
        PORT,
        RECORD,
        CONNECTION,
        FILE,
        SECRET
    }

    /** One of some names; {@code values} in camelCase, in the order of the enum's constants. */
    record Choice(Class<? extends Enum<?>> type, List<String> values) implements OptionShape {}

    record ListOf(OptionShape element) implements OptionShape {}

    /** A map whose keys the author chooses. */
    record MapOf(OptionShape value) implements OptionShape {}

    record ObjectOf(OptionsModel model) implements OptionShape {}

    /** An object like one that stands around it, as a group of steps has steps. */
    record Again(Class<? extends Record> type) implements OptionShape {

        /** Its options. */
        public OptionsModel model() {
            return OptionsModel.of(type);
        }
    }

    /** An object whose {@code type} says which options it has; by the values of {@code type}, in declared order. */
    record VariantOf(Map<String, OptionsModel> variants) implements OptionShape {}

    /** The {@code format} of a source: {@code type}, {@code record}, {@code blank} and the format's own options. */
    record SourceFormatBlock() implements OptionShape {

        /** What becomes of a message without content. */
        public static final Choice BLANK = new Choice(SourceFormat.Blank.class, List.of("skip", "deadLetter", "keep"));
    }

    /** The {@code format} of a sink: {@code type} and the format's own options. */
    record SinkFormatBlock() implements OptionShape {}
}
