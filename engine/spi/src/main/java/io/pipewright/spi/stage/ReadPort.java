package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.util.OutputTag;

/**
 * A port beside the main output that something reads.
 *
 * @param layout what its records hold
 */
public record ReadPort(OutputTag<DataRecord> tag, RecordType layout) implements Serializable {

    /** The port of this name, unless nobody reads it. */
    public static Optional<ReadPort> of(BuildContext context, String port) {
        return context.isRead(port)
                ? Optional.of(new ReadPort(context.tag(port), context.output(port)))
                : Optional.empty();
    }
}
