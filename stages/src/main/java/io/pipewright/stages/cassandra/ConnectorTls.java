package io.pipewright.stages.cassandra;

import com.datastax.driver.core.RemoteEndpointAwareJdkSSLOptions;
import com.datastax.shaded.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;

/** TLS for the driver of {@code writer: connector}. */
final class ConnectorTls extends RemoteEndpointAwareJdkSSLOptions {

    private final CassandraTls tls;

    ConnectorTls(CassandraTls tls) {
        super(tls.context(), null);
        this.tls = tls;
    }

    @Override
    protected SSLEngine newSSLEngine(SocketChannel channel, InetSocketAddress node) {
        return tls.engine(context, node);
    }
}
