package io.pipewright.spi.stage;

import io.pipewright.spi.record.MetaField;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The half of a source, stage or sink that plans: types, checks, fields read. It imports no Flink, so that {@code
 * validate} runs without it; found by {@link java.util.ServiceLoader}.
 *
 * @param <O> the options, a record whose components carry {@link io.pipewright.spi.option.Option}
 */
public interface StageType<O extends Record, P extends StagePlan> {

    StageInfo info();

    Class<O> optionsType();

    /**
     * Checks the options against the inputs. All that the author can get wrong is reported to {@code in}, by option
     * path. After an error the result is the plan as far as its outputs are known, so that what reads them can be
     * checked too; it is never built. It is empty if nothing can be said of them.
     */
    Optional<P> plan(O options, PlanContext in);

    /** The half that builds, loaded by the translator alone: {@code () -> new XBuilder()}. */
    Supplier<StageBuilder<P>> builder();

    /**
     * Whether it takes rows that replace or delete earlier ones, as {@link RowChange} says. A stage that does passes them on
     * as such; a sink writes them so that its readers can tell.
     */
    default boolean takesChanges() {
        return false;
    }

    /**
     * What the messages of a source may have beside their values. What is not in the arguments of {@link SourceDecoder} for
     * all of them must not be named here.
     */
    default Set<MetaField> meta() {
        return Set.of();
    }

    /** Asks the outside world whether the plan can work there; empty for a stage that needs nothing outside. */
    default Optional<Supplier<OutsideCheck<P>>> outsideCheck() {
        return Optional.empty();
    }
}
