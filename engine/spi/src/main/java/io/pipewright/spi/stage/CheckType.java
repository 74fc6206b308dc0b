package io.pipewright.spi.stage;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.record.DeclaredRecord;
import java.util.List;
import java.util.Optional;

/**
 * A type of entry in {@code checks}: a question to the outside world that must be answered well before the job is
 * submitted. Found by {@link java.util.ServiceLoader}; imports no Flink.
 */
public interface CheckType<O extends Record> {

    String name();

    String summary();

    Class<O> optionsType();

    /** Checks the options offline and gives what asks the outside world; empty if an error was reported. */
    Optional<OutsideQuestion> plan(O options, Context in);

    /** Asks; problems as {@link OutsideCheck#check}. */
    interface OutsideQuestion {
        List<OutsideCheck.OutsideProblem> ask();
    }

    /** What the engine tells a check. */
    interface Context extends ConnectionType.Problems {
        <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType);

        DeclaredRecord record(RecordRef ref);
    }
}
