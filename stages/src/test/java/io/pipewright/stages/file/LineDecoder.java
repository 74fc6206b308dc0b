package io.pipewright.stages.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Makes of a line a record of one text: the header of its file, its number and the line. */
record LineDecoder(String header) implements SourceDecoder {

    @Override
    public void decode(byte[] bytes, Origin origin, long sourceTimestamp, Consumer<SourceElement> out) {
        DataRecord record = DataRecord.of(header + origin.offset() + ":" + new String(bytes, ISO_8859_1));
        out.accept(new SourceElement(record, false, SourceElement.NO_TIME));
    }

    @Override
    public LineDecoder below(byte[] line) {
        return new LineDecoder(new String(line, ISO_8859_1) + " ");
    }

    @Override
    public TypeInformation<SourceElement> elementType() {
        throw new UnsupportedOperationException();
    }
}
