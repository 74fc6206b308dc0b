package io.pipewright.stages.tls;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.stage.ConnectionType.Problems;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The file of certificates that a connection trusts; it is read on each machine that connects, whenever it does. */
public record Truststore(String file, StoreType type, @Nullable Secret password) implements Serializable {

    /**
     * Finds what does not go together in a block of options that may name a truststore.
     *
     * @param block the path of the block
     */
    public static void check(
            String block, @Nullable String file, StoreType type, @Nullable Secret password, Problems problems) {
        if (file == null && password != null) {
            problems.error(
                    "missing-option",
                    block,
                    "`truststorePassword` opens no file: there is no `truststore`.",
                    "add `truststore`, or remove the password.");
        } else if (type == StoreType.PEM && password != null) {
            problems.error(
                    "conflicting-options",
                    OptionPath.key(block + ".truststorePassword"),
                    "A truststore of type `pem` has no password.",
                    "remove it, or write the type that the file has.");
        }
    }

    /**
     * The certificates.
     *
     * @throws TruststoreException if there are none that can be used
     * @throws io.pipewright.spi.option.SecretUnavailableException if the file of the password is not on this machine
     */
    public KeyStore load() {
        Path path = new File(file).toPath();
        if (!Files.isRegularFile(path)) {
            throw new TruststoreException(
                    "The truststore `" + file + "` cannot be read: there is no such file.",
                    "Put it there on every machine that connects, or correct `truststore`.",
                    null);
        }
        char @Nullable [] opens = password == null ? null : password.reveal().toCharArray();
        try {
            KeyStore store = type == StoreType.PEM ? pem(path) : store(path, opens);
            if (isEmpty(store)) {
                throw empty();
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(path, e);
        }
    }

    private KeyStore store(Path path, char @Nullable [] opens) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(type.name());
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, opens);
        }
        return store;
    }

    private static KeyStore pem(Path path) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(path)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate-" + store.size(), certificate);
            }
        }
        return store;
    }

    private static boolean isEmpty(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) != null) {
                return false;
            }
        }
        return true;
    }

    /** A PKCS12 store opens without its password, and then seems to hold nothing. */
    private TruststoreException empty() {
        return type != StoreType.PEM && password == null
                ? new TruststoreException(
                        "The truststore `" + file + "` holds no certificate that can be read without a password.",
                        "Add `truststorePassword`.",
                        null)
                : new TruststoreException(
                        "The truststore `" + file + "` holds no certificate.",
                        "Import the certificate of the authority that signed the servers'.",
                        null);
    }

    private TruststoreException unusable(Path path, Exception cause) {
        if (cause.getCause() instanceof UnrecoverableKeyException) {
            return new TruststoreException(
                    "The truststore `" + file + "` does not open with its password.",
                    password == null ? "Add `truststorePassword`." : "Correct `truststorePassword`.",
                    cause);
        }
        if (!Files.isReadable(path)) {
            return new TruststoreException(
                    "The truststore `" + file + "` cannot be read: this user may not.",
                    "Give the user that connects the right to read it.",
                    cause);
        }
        return new TruststoreException(
                "The truststore `" + file + "` is no file of type `"
                        + type.name().toLowerCase(Locale.ROOT) + "`.",
                "Correct `truststoreType`: `pkcs12`, `jks` or `pem`.",
                cause);
    }
}
