package io.pipewright.plan;

import io.pipewright.definition.CheckDefinition;
import io.pipewright.definition.ConnectionDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.definition.Place;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.schema.PluginCall;
import io.pipewright.schema.PluginCatalog;
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
    private final ConnectionResolver connections;

    CheckPlanner(PipelineDefinition pipeline, PluginCatalog plugins, DiagnosticCollector problems) {
        this.pipeline = pipeline;
        this.problems = problems;
        this.connections = new ConnectionResolver(pipeline, plugins, problems);
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
        Reporter reporter = new Reporter(type.name(), connection.place());
        new PluginCall(type, "the connection `" + connection.id() + "`")
                .run(() -> type.check(type.optionsType().cast(connection.options()), reporter));
    }

    private <O extends Record> Optional<OutsideQuestion> plan(CheckType<O> type, CheckDefinition check) {
        Reporter reporter = new Reporter(type.name(), check.place());
        return new PluginCall(type, "the check `" + check.id() + "`")
                .ask(() -> type.plan(type.optionsType().cast(check.options()), reporter));
    }

    private final class Reporter implements CheckType.Context {
        private final String user;
        private final Place place;

        /** @param user the type of what reports */
        Reporter(String user, Place place) {
            this.user = user;
            this.place = place;
        }

        @Override
        public <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType) {
            return connections.resolve(ref, optionsType, user, place);
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
