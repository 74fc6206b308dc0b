package io.pipewright.stages.kafka;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.tls.StoreType;
import io.pipewright.stages.tls.Truststore;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code security} block of a {@code kafka} connection: how brokers are reached, and who the pipeline is to them. */
public record KafkaSecurity(
        @Option(doc = "Whether the brokers want TLS (`ssl`), a login (`saslPlaintext`), or both (`saslSsl`).")
                Protocol protocol,
        @Option(doc = "How to log in; needed with `saslPlaintext` and `saslSsl`.") @Nullable Mechanism mechanism,
        @Option(doc = "The user's name; needed with a mechanism.") @Nullable String username,
        @Option(
                        doc =
                                "The user's password; needed with a mechanism. `${secret:name}` is read where the job runs.",
                        secret = true)
                @Nullable
                Secret password,
        @Option(
                        doc =
                                "The file of certificates that are trusted, on every machine that connects, with TLS; those of"
                                        + " the JDK without it.")
                @Nullable
                String truststore,
        @Option(doc = "How the file of trusted certificates is written.", defaultValue = "pkcs12")
                StoreType truststoreType,
        @Option(doc = "The password of the file of trusted certificates, if it has one.", secret = true) @Nullable
                Secret truststorePassword)
        implements Serializable {

    /** Kafka's {@code security.protocol}. */
    public enum Protocol {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL;

        boolean logsIn() {
            return this == SASL_PLAINTEXT || this == SASL_SSL;
        }

        boolean encrypts() {
            return this == SSL || this == SASL_SSL;
        }
    }

    /** Kafka's {@code sasl.mechanism}. */
    public enum Mechanism {
        PLAIN,
        SCRAM_SHA_256,
        SCRAM_SHA_512
    }

    /** The file of trusted certificates, if one is named. */
    Optional<Truststore> trusted() {
        return Optional.ofNullable(truststore).map(file -> new Truststore(file, truststoreType, truststorePassword));
    }
}
