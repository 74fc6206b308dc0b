package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** TLS for the sessions of our own writer and of the check. */
record SessionTls(CassandraTls tls, SSLContext context) implements SslEngineFactory {

    @Override
    public SSLEngine newSslEngine(EndPoint node) {
        return tls.engine(context, (InetSocketAddress) node.resolve());
    }

    @Override
    public void close() {}
}
