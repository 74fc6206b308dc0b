package io.pipewright.stages.http;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.RecordRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code httpContract}. */
public record HttpContractOptions(
        @Option(doc = "The `http` connection to ask.") ConnectionRef connection,
        @Option(doc = "What to get, below the connection's `baseUrl`; begins with a slash.") String path,
        @Option(doc = "The status of the answer, 200 to 599.", defaultValue = "200") int expectStatus,
        @Option(doc = "A record that the output which the answer describes must fit.") @Nullable
                OutputMatches outputMatches) {

    /** The {@code outputMatches} block. */
    public record OutputMatches(
            @Option(doc = "The record whose fields, by name and type, the `outputSchema` of the answer must have.")
                    RecordRef record,
            @Option(doc = "Fields that are not compared; the record need not have them.") @Nullable
                    List<String> except) {

        /** The fields that are not compared. */
        List<String> exceptions() {
            return except == null ? List.of() : except;
        }
    }
}
