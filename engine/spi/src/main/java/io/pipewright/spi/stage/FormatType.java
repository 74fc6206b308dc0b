package io.pipewright.spi.stage;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Optional;

/** A format of messages or lines, such as {@code json}; found by {@link java.util.ServiceLoader}. */
public interface FormatType<O extends Record> {

    String name();

    String summary();

    Class<O> optionsType();

    /** For reading; what this format cannot do with the record is added to {@code problems}, a sentence each. */
    Optional<SourceFormatPlan> source(O options, DeclaredRecord record, List<String> problems);

    /** For writing. */
    Optional<SinkFormatPlan> sink(O options, RecordType written, List<String> problems);
}
