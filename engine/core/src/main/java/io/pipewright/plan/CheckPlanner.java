package io.pipewright.plan;

import io.pipewright.definition.CheckDefinition;
import io.pipewright.definition.ConnectionDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.definition.Place;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.CheckType;
import io.pipewright.spi.stage.CheckType.OutsideQuestion;
import io.pipewright.spi.stage.ConnectionType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans the connections and the checks, which are no part of the graph. */
final class CheckPlanner {

    private final PipelineDefinition pipeline;
    private final DiagnosticCollector problems;

    CheckPlanner(PipelineDefinition pipeline, DiagnosticCollector problems) {
        this.pipeline = pipeline;
        this.problems = problems;
    }

    Map<String, OutsideQuestion> plan() {
        pipeline.connections().values().forEach(connection -> check(connection.type(), connection));
        Map<String, OutsideQuestion> questions = new LinkedHashMap<>();
        for (CheckDefinition check : pipeline.checks().values()) {
            plan(check.type(), check).ifPresent(question -> questions.put(check.id(), question));
        }
        return questions;
    }

    private <O extends Record> void check(ConnectionType<O> type, ConnectionDefinition connection) {
        type.check(type.optionsType().cast(connection.options()), new Reporter(connection.place()));
    }

    private <O extends Record> Optional<OutsideQuestion> plan(CheckType<O> type, CheckDefinition check) {
        return type.plan(type.optionsType().cast(check.options()), new Reporter(check.place()));
    }

    private final class Reporter implements CheckType.Context {
        private final Place place;

        Reporter(Place place) {
            this.place = place;
        }

        @Override
        public <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType) {
            ConnectionDefinition connection = pipeline.connections().get(ref.id());
            if (connection == null) {
                return Optional.empty(); // which was told
            }
            if (!optionsType.isInstance(connection.options())) {
                error(
                        "wrong-connection",
                        ref.path(),
                        "`" + ref.id() + "` is a connection of type `"
                                + connection.type().name() + "`, which this check cannot use.",
                        "name a connection of another type.");
                return Optional.empty();
            }
            return Optional.of(optionsType.cast(connection.options()));
        }

        @Override
        public DeclaredRecord record(RecordRef ref) {
            return pipeline.records().getOrDefault(ref.name(), pipeline.gaps().record());
        }

        @Override
        public void error(String code, String optionPath, String message, @Nullable String hint) {
            problems.error(code, place.at(optionPath), message, hint);
        }

        @Override
        public void warning(String code, String optionPath, String message, @Nullable String hint) {
            problems.warning(code, place.at(optionPath), message, hint);
        }
    }
}
