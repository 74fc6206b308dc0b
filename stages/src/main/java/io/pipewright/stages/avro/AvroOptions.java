package io.pipewright.stages.avro;

import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Secret;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The options of the {@code avro} format. */
public record AvroOptions(
        @Option(
                        doc =
                                "The file of an Avro schema, relative to the pipeline's folder. Without `registry`, messages are"
                                        + " written with just this schema. A source with `registry` takes from it the aliases and"
                                        + " defaults of fields that a writer's schema lacks. A sink needs it.")
                @Nullable
                FileRef schema,
        @Option(doc = "The schema registry, where messages begin with the id of their schema there, as Confluent's do.")
                @Nullable
                Registry registry) {

    /** The {@code registry} block. */
    public record Registry(
            @Option(doc = "Where the registry is, as `https://host:port`.") String url,
            @Option(doc = "The user to log in as; nobody without it.") @Nullable String username,
            @Option(
                            doc =
                                    "The user's password; needed with `username`. `${secret:name}` is read where the job runs.",
                            secret = true)
                    @Nullable
                    Secret password,
            @Option(
                            doc = "For sinks: the subject under which the schema stands in the registry, such as"
                                    + " `orders-value` for the topic `orders`.")
                    @Nullable
                    String subject,
            @Option(
                            doc =
                                    "For sinks: whether a schema that the subject does not have yet is added to it; else the job"
                                            + " fails when it writes its first record.",
                            defaultValue = "false")
                    boolean register)
            implements Serializable {}
}
