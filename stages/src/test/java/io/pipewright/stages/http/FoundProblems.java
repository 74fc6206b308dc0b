package io.pipewright.stages.http;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.CheckType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what is reported, and gives the one connection and the one record it was made with. */
final class FoundProblems implements CheckType.Context {

    final List<String> found = new ArrayList<>();
    private final @Nullable Record connection;
    private final @Nullable DeclaredRecord record;

    FoundProblems() {
        this(null, null);
    }

    FoundProblems(@Nullable Record connection, @Nullable DeclaredRecord record) {
        this.connection = connection;
        this.record = record;
    }

    @Override
    public <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType) {
        return Optional.ofNullable(connection).map(optionsType::cast);
    }

    @Override
    public DeclaredRecord record(RecordRef ref) {
        return Optional.ofNullable(record).orElseThrow();
    }

    @Override
    public void error(String code, String optionPath, String message, @Nullable String hint) {
        found.add("error " + code + " " + optionPath + ": " + message);
    }

    @Override
    public void warning(String code, String optionPath, String message, @Nullable String hint) {
        found.add("warning " + code + " " + optionPath + ": " + message);
    }
}
