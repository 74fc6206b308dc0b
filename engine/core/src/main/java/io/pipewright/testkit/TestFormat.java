package io.pipewright.testkit;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.RecordType;
import java.util.Optional;

/** The format of a {@link TestSource}: none, for it is given records. */
final class TestFormat implements FormatType<TestFormat.Options> {

    static final String NAME = "test";

    /** No options. */
    record Options() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Records as a test gives them.";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public boolean keepsUnknown() {
        return true;
    }

    @Override
    public Optional<SourceFormatPlan> source(Options options, DeclaredRecord record, FormatProblems problems) {
        return Optional.of(materialised -> {
            throw new UnsupportedOperationException("A test source reads no bytes.");
        });
    }

    @Override
    public Optional<SinkFormatPlan> sink(Options options, RecordType written, FormatProblems problems) {
        problems.error("", "Nothing can be written as `test`.", "name the format that is meant.");
        return Optional.empty();
    }
}
