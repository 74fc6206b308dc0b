package io.pipewright.spi.stage;

import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;

/** A checked format of a sink. */
public interface SinkFormatPlan extends Serializable {

    RecordEncoder encoder(RecordType written);

    /** How records are told apart. */
    default Framing framing() {
        return Framing.LINES;
    }
}
