package io.pipewright.stages.cassandra;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.tls.StoreType;
import io.pipewright.stages.tls.Truststore;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The {@code tls} block of a {@code cassandra} connection: whom it trusts. */
public record CassandraTls(
        @Option(
                        doc =
                                "The file of certificates that are trusted, on every machine that connects; those of the JDK"
                                        + " without it.")
                @Nullable
                String truststore,
        @Option(doc = "How the file of trusted certificates is written.", defaultValue = "pkcs12")
                StoreType truststoreType,
        @Option(doc = "The password of the file of trusted certificates, if it has one.", secret = true) @Nullable
                Secret truststorePassword,
        @Option(
                        doc =
                                "Whether a node's certificate must name the host as `contactPoints` writes it, or the address"
                                        + " that the cluster gives for it. Without it, whoever has a certificate that is"
                                        + " trusted can pass for the cluster.",
                        defaultValue = "true")
                boolean verifyHostname)
        implements Serializable {

    /**
     * What the drivers connect with.
     *
     * @throws io.pipewright.stages.tls.TruststoreException if this machine cannot use the truststore
     * @throws io.pipewright.spi.option.SecretUnavailableException if the file of its password is not on this machine
     */
    SSLContext context() {
        KeyStore trusted =
                truststore == null ? null : new Truststore(truststore, truststoreType, truststorePassword).load();
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot speak TLS.", e);
        }
    }

    /**
     * The client's side of one connection. The drivers' own would ask the name service for the host of an address, and
     * believe it.
     */
    SSLEngine engine(SSLContext context, InetSocketAddress node) {
        SSLEngine engine = context.createSSLEngine(node.getHostString(), node.getPort());
        engine.setUseClientMode(true);
        if (verifyHostname) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }
}
