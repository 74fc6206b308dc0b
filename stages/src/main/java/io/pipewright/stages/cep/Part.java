package io.pipewright.stages.cep;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Times;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A checked part of a pattern: a step, or a group of parts that follows and repeats as one. */
sealed interface Part extends Serializable {

    String id();

    Quantifier quantifier();

    /** The steps in it, in their order. */
    Stream<Step> steps();

    /** It and the parts in it, each group before its parts. */
    Stream<Part> all();

    /**
     * How a part follows the one before it, and how often it is there.
     *
     * @param contiguity {@code followedBy} for the first part, which follows none
     * @param until what ends its repetitions; null for nothing
     * @param gap how long after the event before it its event may be, in milliseconds, or {@link CepPlan#NO_LIMIT}
     */
    record Quantifier(
            Contiguity contiguity,
            Times times,
            LoopContiguity loop,
            boolean optional,
            boolean greedy,
            @Nullable CheckedExpression until,
            long gap)
            implements Serializable {

        boolean once() {
            return times.equals(Times.exactly(1));
        }
    }

    /**
     * A step.
     *
     * @param where null for one that takes every event
     */
    record Step(String id, @Nullable CheckedExpression where, Quantifier quantifier) implements Part {

        /** Whether it says which events must not come, and takes none. */
        boolean negated() {
            return quantifier.contiguity.negated();
        }

        Times times() {
            return quantifier.times;
        }

        /** Whether no event may stand between it and the step before. */
        boolean strictly() {
            return quantifier.contiguity == Contiguity.NEXT;
        }

        /** Whether no event may stand between its own. */
        boolean loopStrictly() {
            return quantifier.loop == LoopContiguity.NEXT;
        }

        @Override
        public Stream<Step> steps() {
            return Stream.of(this);
        }

        @Override
        public Stream<Part> all() {
            return Stream.of(this);
        }
    }

    /** A group. */
    record Group(String id, List<Part> parts, Quantifier quantifier) implements Part {

        public Group {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<Step> steps() {
            return parts.stream().flatMap(Part::steps);
        }

        @Override
        public Stream<Part> all() {
            return Stream.concat(Stream.of(this), parts.stream().flatMap(Part::all));
        }
    }
}
