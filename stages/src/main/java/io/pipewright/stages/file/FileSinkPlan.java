package io.pipewright.stages.file;

import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code file} sink.
 *
 * @param suffix how the names of part files end
 * @param roll when part files are closed; null for at each checkpoint
 */
record FileSinkPlan(
        String path,
        SinkFormatPlan format,
        boolean single,
        String suffix,
        FileSinkOptions.@Nullable Roll roll,
        RecordType input)
        implements StagePlan {

    @Override
    public List<OutputPort> outputs() {
        return List.of();
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of(FROM, Set.copyOf(input.names()));
    }

    @Override
    public String stateSignature() {
        return single ? "one file" : "part files";
    }

    @Override
    public List<String> notes() {
        return List.of("delivery: exactly once");
    }
}
