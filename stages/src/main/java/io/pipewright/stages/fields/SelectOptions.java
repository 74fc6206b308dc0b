package io.pipewright.stages.fields;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of {@code select}. */
public record SelectOptions(
        @Option(
                        doc = "The fields of the output, no others: a name for each expression over the fields of the"
                                + " input. One that nothing reads is not computed.")
                Map<String, Expression> fields) {

    public SelectOptions {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
