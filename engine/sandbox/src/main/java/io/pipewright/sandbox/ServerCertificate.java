package io.pipewright.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A key with a certificate that it signed itself, for a server that speaks TLS, and the files by which clients trust it; all
 * of one host name or address.
 *
 * @param keystore the server's, PKCS12
 * @param truststore the clients', PKCS12
 * @param pem the certificate as text
 * @param password of both stores
 */
public record ServerCertificate(Path keystore, Path truststore, Path pem, String password) {

    private static final String ALIAS = "server";
    private static final String PASSWORD = "sandboxed";
    private static final Duration KEYTOOL_TIME = Duration.ofSeconds(60);

    /**
     * Makes one with the keytool of the running JDK.
     *
     * @param folder for the files; created if absent
     * @param subject whom it is for, as keytool writes it: {@code ip:127.0.0.1} or {@code dns:example.org}
     * @throws SandboxException if keytool fails; with what it said
     */
    public static ServerCertificate make(Path folder, String subject) {
        Path keystore = folder.toAbsolutePath().resolve("keystore.p12");
        List<String> command = List.of(
                JavaCommand.tool("keytool"),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=sandbox",
                "-ext",
                "san=" + subject,
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD);
        try (ChildProcess keytool = ChildProcess.start(
                new ChildProcess.Spec("keytool", command, Map.of(), folder, folder.resolve("keytool.log")))) {
            if (keytool.awaitExit(KEYTOOL_TIME) != 0) {
                throw new SandboxException("keytool made no certificate: " + keytool.logText());
            }
        }
        try {
            return trusted(folder.toAbsolutePath(), keystore);
        } catch (IOException | GeneralSecurityException e) {
            throw new SandboxException("The certificate in " + keystore + " cannot be handed to clients: " + e, e);
        }
    }

    private static ServerCertificate trusted(Path folder, Path keystore) throws IOException, GeneralSecurityException {
        Certificate certificate =
                KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()).getCertificate(ALIAS);
        KeyStore trusting = KeyStore.getInstance("PKCS12");
        trusting.load(null, null);
        trusting.setCertificateEntry(ALIAS, certificate);
        Path truststore = folder.resolve("truststore.p12");
        try (OutputStream out = Files.newOutputStream(truststore)) {
            trusting.store(out, PASSWORD.toCharArray());
        }
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        Path pem = Files.writeString(
                folder.resolve("certificate.pem"),
                "-----BEGIN CERTIFICATE-----\n" + lines.encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return new ServerCertificate(keystore, truststore, pem, PASSWORD);
    }
}
