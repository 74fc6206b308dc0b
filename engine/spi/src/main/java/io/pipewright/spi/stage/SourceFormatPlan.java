package io.pipewright.spi.stage;

import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;

/** A checked format of a source. */
public interface SourceFormatPlan extends Serializable {

    /** A decoder that stores the fields of {@code materialised}, a projection of the declared record. */
    RecordDecoder decoder(RecordType materialised);

    /** How records are told apart. */
    default Framing framing() {
        return Framing.LINES;
    }
}
