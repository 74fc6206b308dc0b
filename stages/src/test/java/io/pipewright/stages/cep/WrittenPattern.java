package io.pipewright.stages.cep;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import io.pipewright.stages.cep.CepOptions.Matcher;
import io.pipewright.stages.cep.CepOptions.Skip;
import io.pipewright.stages.cep.CepOptions.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Patterns as tests of {@code cep} write them. */
final class WrittenPattern {

    static final RecordType CALL = RecordType.of(
            "Call",
            Field.of("customer", Scalar.STRING),
            Field.of("status", Scalar.STRING),
            Field.of("number", Scalar.LONG),
            Field.nullable("unused", Scalar.STRING));

    static Step step(String id, String where, Contiguity contiguity, Times times, LoopContiguity loop) {
        return new Step(
                id,
                where == null ? null : new Expression(where, id + ".where"),
                null,
                contiguity,
                times,
                loop,
                false,
                false,
                null,
                null);
    }

    static CepOptions options(List<Step> steps, Duration within, Skip skip, String... emit) {
        Map<String, Expression> emitted = new LinkedHashMap<>();
        for (int i = 0; i < emit.length; i += 2) {
            emitted.put(emit[i], new Expression(emit[i + 1], "emit." + emit[i]));
        }
        return new CepOptions(
                List.of("customer"),
                steps,
                within,
                null,
                skip == null ? null : new CepOptions.AfterMatch(skip, null),
                Matcher.AUTO,
                emitted);
    }

    static final List<Step> FAILURES_THEN_CALLBACK = List.of(
            step("failure", "status == \"F\"", null, Times.exactly(3), LoopContiguity.NEXT),
            step("callback", "status == \"C\"", Contiguity.NEXT, null, null));

    static CepOptions alerts(Duration within) {
        return options(
                FAILURES_THEN_CALLBACK,
                within,
                Skip.PAST_LAST,
                "customer",
                "callback[0].customer",
                "failures",
                "size(failure)",
                "numbers",
                "failure.map(f, f.number).sum()");
    }

    static CepOptions by(Matcher matcher, CepOptions options) {
        return new CepOptions(
                options.keyBy(),
                options.steps(),
                options.within(),
                options.withinGap(),
                options.afterMatch(),
                matcher,
                options.emit());
    }

    static CepOptions steps(Step... steps) {
        return options(List.of(steps), Duration.ofMinutes(1), null, "n", "1");
    }

    private WrittenPattern() {}
}
