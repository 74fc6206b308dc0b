package io.pipewright.plan;

import io.pipewright.definition.ConnectionDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.definition.Place;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.stage.ConnectionType;
import java.util.List;
import java.util.Optional;

/** Finds the connection that an entry or a check names, and reports one of another type than it can use. */
record ConnectionResolver(PipelineDefinition pipeline, PluginCatalog plugins, DiagnosticCollector problems) {

    /**
     * The options of a connection.
     *
     * @param user the type of what names it
     * @param place of what names it
     */
    <C extends Record> Optional<C> resolve(ConnectionRef ref, Class<C> optionsType, String user, Place place) {
        ConnectionDefinition connection = pipeline.connections().get(ref.id());
        if (connection == null) {
            return Optional.empty(); // which was told
        }
        if (!optionsType.isInstance(connection.options())) {
            problems.error(
                    "wrong-connection",
                    place.at(ref.path()),
                    "`" + ref.id() + "` is a connection of type `"
                            + connection.type().name() + "`, which `" + user + "` cannot use.",
                    hint(optionsType));
            return Optional.empty();
        }
        return Optional.of(optionsType.cast(connection.options()));
    }

    private String hint(Class<? extends Record> optionsType) {
        String type = plugins.connections().values().stream()
                .filter(known -> known.optionsType().equals(optionsType))
                .map(ConnectionType::name)
                .findFirst()
                .orElse("another");
        List<String> fitting = pipeline.connections().values().stream()
                .filter(connection -> optionsType.isInstance(connection.options()))
                .map(ConnectionDefinition::id)
                .toList();
        return fitting.isEmpty()
                ? "declare a connection of type `" + type + "` in `connections`, and name it here."
                : "name one of type `" + type + "`: " + String.join(", ", fitting) + ".";
    }
}
