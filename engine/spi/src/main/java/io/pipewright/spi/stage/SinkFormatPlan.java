package io.pipewright.spi.stage;

import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;

/** A checked format of a sink. */
public interface SinkFormatPlan extends Serializable {

    /** The encoder of messages. */
    RecordEncoder encoder(RecordType written);

    /**
     * The encoder of what stands in a file, each with a line end behind it; it refuses a record that could not be told from
     * two.
     */
    default RecordEncoder fileEncoder(RecordType written) {
        return encoder(written);
    }

    /** How records are told apart. */
    default Framing framing() {
        return Framing.LINES;
    }
}
