package io.pipewright.definition;

import io.pipewright.spi.record.DeclaredRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pipeline with every option bound; references between entries are names still. Maps keep the order of the file.
 *
 * @param entries sources, stages and sinks by id
 * @param gaps what mistakes have hidden; empty if there are none
 * @param resolved the pipeline as YAML after overrides, for the manifest; without secrets
 */
public record PipelineDefinition(
        String name,
        String description,
        Map<String, VarDefinition> vars,
        Map<String, DeclaredRecord> records,
        Map<String, ConnectionDefinition> connections,
        Map<String, CheckDefinition> checks,
        Map<String, EntryDefinition> entries,
        RuntimeOptions runtime,
        Gaps gaps,
        String resolved) {

    public PipelineDefinition {
        vars = ordered(vars);
        records = ordered(records);
        connections = ordered(connections);
        checks = ordered(checks);
        entries = ordered(entries);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
