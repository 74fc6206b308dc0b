package io.pipewright.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schemas (draft-07) of the pipeline language for editors and for validators that know nothing but JSON Schema:
 * the whole file with all plugins, and each type of entry by itself.
 *
 * <p>They promise that a file which they refuse is refused by the engine too. Not the other way round: what names refer
 * to, types and expressions are beyond a schema.
 */
public final class PipelineSchemas {

    /** Where the schema of the whole file is among the {@link #files}. */
    public static final String PIPELINE = "pipeline.schema.json";

    private static final List<String> TYPED_BLOCKS = List.of("connections", "checks", "sources", "stages", "sinks");

    private final Form.Fields pipeline;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param plugins whose types and options there are
     * @param runtime the options of the {@code runtime} block
     */
    public PipelineSchemas(PluginCatalog plugins, OptionsModel runtime) {
        pipeline = new EnvelopeForm(plugins).pipeline(runtime);
    }

    /** The schema of a whole file, as the text of a JSON file. */
    public String pipeline() {
        Map<String, Object> schema = FormSchema.of(
                "Pipewright pipeline", "A streaming pipeline: records, sources, stages and sinks.", pipeline);
        @SuppressWarnings("unchecked") // made so by FormSchema
        Map<String, Map<String, Object>> keys = (Map<String, Map<String, Object>>) schema.get("properties");
        Map<String, Object> version = keys == null ? null : keys.get("apiVersion");
        if (version != null) {
            version.put("enum", List.of(EnvelopeForm.API_VERSION));
        }
        return text(schema);
    }

    /** All schema files: their texts by their paths, with {@code /} between folders. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(PIPELINE, pipeline());
        for (String block : TYPED_BLOCKS) {
            Form.Fields.Field field = pipeline.fields().get(block);
            if (field != null
                    && field.form() instanceof Form.Entries entries
                    && entries.value() instanceof Form.Typed typed) {
                for (String type : typed.types()) {
                    files.put(block + "/" + type + ".schema.json", ofType(typed, type));
                }
            }
        }
        return files;
    }

    private String ofType(Form.Typed typed, String type) {
        return text(FormSchema.of(
                typed.what() + " " + type,
                typed.summaryOf().apply(type),
                typed.fieldsOf().apply(type)));
    }

    private String text(Map<String, Object> schema) {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indent);
        try {
            return json.writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schema of maps, lists and texts is JSON", e);
        }
    }
}
