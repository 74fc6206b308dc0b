package io.pipewright.stages.fields;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of {@code add}. */
public record AddOptions(
        @Option(
                        doc =
                                "The fields to add: a name for each expression over the fields of the input, not over each"
                                        + " other. A field of the input with the same name is replaced. One that nothing reads"
                                        + " is not computed.")
                Map<String, Expression> fields) {

    public AddOptions {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
