package io.pipewright.plan;

import java.util.List;

/**
 * All that the text of a pipeline is made of: its file, the overlays on it, and what the command line sets.
 *
 * @param overlays laid over the file in order, each over the result of those before
 * @param settings what {@code --set} gave, each {@code path=value}, in order; they come after the overlays
 */
public record PipelineInput(TextFile file, List<TextFile> overlays, List<String> settings) {

    /**
     * A file that was read.
     *
     * @param name to show in findings, as the author named it
     */
    public record TextFile(String name, byte[] content) {}

    public PipelineInput {
        overlays = List.copyOf(overlays);
        settings = List.copyOf(settings);
    }
}
