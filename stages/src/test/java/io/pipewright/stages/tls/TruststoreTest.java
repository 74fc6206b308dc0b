package io.pipewright.stages.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.sandbox.ServerCertificate;
import io.pipewright.spi.option.Secret;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of trusted certificates, as keytool and the JDK write them, and files that are none. */
class TruststoreTest {

    @TempDir
    static Path folder;

    private static ServerCertificate certificate;

    @BeforeAll
    static void make() {
        certificate = ServerCertificate.make(folder, "ip:127.0.0.1");
    }

    private static Truststore pkcs12(Path file, Secret password) {
        return new Truststore(file.toString(), StoreType.PKCS12, password);
    }

    private static void fails(Truststore truststore, String message) {
        assertThatThrownBy(truststore::load)
                .isInstanceOf(TruststoreException.class)
                .hasMessage(message);
    }

    @Test
    void readsEachTypeOfFile() throws Exception {
        Secret password = Secret.of(certificate.password());
        KeyStore trusted = pkcs12(certificate.truststore(), password).load();
        assertThat(trusted.size()).isOne();
        Path jks = folder.resolve("truststore.jks");
        KeyStore old = KeyStore.getInstance("JKS");
        old.load(null, null);
        old.setCertificateEntry("server", trusted.getCertificate("server"));
        try (OutputStream out = Files.newOutputStream(jks)) {
            old.store(out, certificate.password().toCharArray());
        }
        assertThat(new Truststore(jks.toString(), StoreType.JKS, password)
                        .load()
                        .size())
                .isOne();
        Path two = Files.writeString(
                folder.resolve("two.pem"),
                "# two\n" + Files.readString(certificate.pem()).repeat(2));
        assertThat(new Truststore(two.toString(), StoreType.PEM, null).load().size())
                .isEqualTo(2);
    }

    @Test
    void tellsAPasswordThatIsWrongOrMissing() {
        Path file = certificate.truststore();
        fails(
                pkcs12(file, Secret.of("wrong")),
                "The truststore `" + file + "` does not open with its password. Correct `truststorePassword`.");
        fails(
                pkcs12(file, null),
                "The truststore `" + file + "` holds no certificate that can be read without a password."
                        + " Add `truststorePassword`.");
    }

    @Test
    void tellsAFileThatIsNotThereOrOfAnotherType() throws Exception {
        Path absent = folder.resolve("absent.p12");
        fails(
                pkcs12(absent, null),
                "The truststore `" + absent + "` cannot be read: there is no such file."
                        + " Put it there on every machine that connects, or correct `truststore`.");
        String hint = " Correct `truststoreType`: `pkcs12`, `jks` or `pem`.";
        fails(
                pkcs12(certificate.pem(), Secret.of("any")),
                "The truststore `" + certificate.pem() + "` is no file of type `pkcs12`." + hint);
        Path file = certificate.truststore();
        fails(
                new Truststore(file.toString(), StoreType.PEM, null),
                "The truststore `" + file + "` is no file of type `pem`." + hint);
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        fails(
                new Truststore(empty.toString(), StoreType.PEM, null),
                "The truststore `" + empty + "` holds no certificate."
                        + " Import the certificate of the authority that signed the servers'.");
    }
}
