package io.pipewright.spi.stage;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.type.RecordType;
import java.util.Optional;

/** A format of messages or lines, such as {@code json}; found by {@link java.util.ServiceLoader}. */
public interface FormatType<O extends Record> {

    String name();

    String summary();

    Class<O> optionsType();

    /**
     * Whether it reads what a message has beside the fields of its record, and writes it again, as {@code unknown: keep} asks.
     * A format that does not is given no record that keeps any.
     */
    default boolean keepsUnknown() {
        return false;
    }

    /** For reading; empty if this format cannot read such a record, which is then told to {@code problems}. */
    Optional<SourceFormatPlan> source(O options, DeclaredRecord record, FormatProblems problems);

    /** For writing; empty like the one for reading. */
    Optional<SinkFormatPlan> sink(O options, RecordType written, FormatProblems problems);
}
