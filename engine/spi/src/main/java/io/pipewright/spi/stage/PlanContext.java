package io.pipewright.spi.stage;

import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.SinkFormat;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the engine tells a stage that is being planned, and where the stage reports problems. */
public interface PlanContext {

    /** The entry's id. */
    String id();

    /** The pipeline's name. */
    String pipeline();

    /** The type of the records of {@code from}; the inputs of a union are equal. */
    RecordType input();

    /**
     * What expressions over the records of {@code from} may name: their fields, and {@code meta.} where the records come
     * from sources without a stage between.
     */
    default Scope scope() {
        return Scope.of(input());
    }

    /** Whether rows of {@code from} replace and delete earlier ones, as {@link RowChange} says. */
    default boolean inputChanges() {
        return false;
    }

    /** The type of the records of another input. */
    RecordType input(PortRef ref);

    /** The largest {@code outOfOrderness} of the sources whose records come here, directly or through others. */
    Duration outOfOrderness();

    /** A source whose records come here, directly or through others, and that never ends; empty if none is known to. */
    default Optional<String> endlessSource() {
        return Optional.empty();
    }

    /** After how long a checkpoint is given up; empty if none are taken. */
    default Optional<Duration> checkpointTimeout() {
        return Optional.empty();
    }

    /** What becomes of records that fail here. */
    ErrorPolicy onError();

    /**
     * Checks an expression. Problems are reported at their place in the file; the result is then empty, or stands in for
     * the right one so that the rest can be planned.
     */
    Optional<CheckedExpression> check(Expression expression, Scope scope);

    /** Like {@link #check}, of an expression that must be boolean. */
    Optional<CheckedExpression> checkCondition(Expression expression, Scope scope);

    /** Checks an expression over aggregate calls on the records of a group. */
    Optional<CheckedAggregate> checkAggregate(Expression expression, Scope recordScope);

    /**
     * The fields that a {@code keyBy} names; reports unknown ones, and those of a type that cannot be a key. The result is
     * then empty, or stands in for the right ones so that the rest can be planned.
     *
     * @param optionPath for example {@code keyBy} or {@code keyBy.with}
     * @param nullAllowed whether null is a key of its own; otherwise a nullable field is reported
     */
    Optional<List<Field>> checkKey(List<String> fields, RecordType of, String optionPath, boolean nullAllowed);

    DeclaredRecord record(RecordRef ref);

    /**
     * The field that an option names. Empty if there is none, which is reported; or if nobody can know, because the record
     * itself could not be read.
     *
     * @param optionPath where the name stands
     */
    Optional<Field> checkField(String name, RecordType of, String optionPath);

    /** The options of a connection that must be of this type; another type is reported. */
    <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType);

    /** Checks what all sources share. */
    Optional<SourcePlan> source(SourceFormat format, @Nullable EventTime eventTime, @Nullable Rate rateLimit);

    /** The same for a source that makes its records itself: its decoder is given what the source calls a message. */
    Optional<SourcePlan> source(
            DeclaredRecord record, SourceFormatPlan made, @Nullable EventTime eventTime, @Nullable Rate rateLimit);

    /**
     * Checks the format of what a stage reads beside its inputs, such as a server's answers.
     *
     * @param optionPath where the format stands
     */
    Optional<SourceFormatPlan> format(SourceFormat format, String optionPath);

    /** Checks a sink's format against the records it will write. */
    Optional<SinkFormatPlan> sink(SinkFormat format, RecordType written);

    /**
     * Reports an error at the value of an option, {@code steps[1].times}, at its key, {@code OptionPath.key("emit.total")},
     * or at the entry itself for the empty path.
     */
    void error(String code, String optionPath, String message, @Nullable String hint);

    /** Reports a warning at an option. */
    void warning(String code, String optionPath, String message, @Nullable String hint);

    /** The name among {@code valid} that the author most likely meant, for hints. */
    Optional<String> nearest(String name, List<String> valid);
}
