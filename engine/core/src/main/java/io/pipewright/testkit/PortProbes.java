package io.pipewright.testkit;

import io.pipewright.plan.PipelineInput;
import io.pipewright.schema.PluginCatalog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sinks that a test adds to a pipeline to see what leaves through ports, all fields of it.
 *
 * <p>They are an overlay like any other, so that the pipeline with them is compiled as every pipeline is. What has been
 * found in a pipeline with probes says nothing of the pipeline without: a port that only a probe reads is read. A probe has
 * one subtask, so that whatever it reads keeps its order.
 *
 * @param sinks by port, written as in {@code from}, the id of its probe
 */
public record PortProbes(Map<String, String> sinks) {

    public PortProbes {
        sinks = Collections.unmodifiableMap(new LinkedHashMap<>(sinks));
    }

    /**
     * Probes on ports.
     *
     * @param ids that entries of the pipeline have
     */
    public static PortProbes on(Collection<String> ports, Collection<String> ids) {
        Map<String, String> sinks = new LinkedHashMap<>();
        int number = 1;
        for (String port : ports) {
            while (ids.contains("probe" + number)) {
                number++;
            }
            sinks.put(port, "probe" + number);
            number++;
        }
        return new PortProbes(sinks);
    }

    /** The plugins with the one that probes are. */
    public static PluginCatalog plugins(PluginCatalog plugins) {
        return plugins.with(List.of(new TestSink()), List.of());
    }

    /** The pipeline with the probes. */
    public PipelineInput addedTo(PipelineInput pipeline) {
        StringBuilder overlay = new StringBuilder("sinks:\n");
        sinks.forEach((port, id) -> overlay.append("  ")
                .append(id)
                .append(": {type: test, from: ")
                .append(port)
                .append(", parallelism: 1}\n"));
        List<PipelineInput.TextFile> overlays = new ArrayList<>(pipeline.overlays());
        overlays.add(new PipelineInput.TextFile("probes", overlay.toString().getBytes(StandardCharsets.UTF_8)));
        return new PipelineInput(pipeline.file(), overlays, pipeline.settings());
    }

    /** The sink that has what left through a port; a sink's own id means the sink itself. */
    public String sink(String portOrSink) {
        return sinks.getOrDefault(portOrSink, portOrSink);
    }
}
