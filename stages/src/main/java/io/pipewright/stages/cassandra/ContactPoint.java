package io.pipewright.stages.cassandra;

import java.io.Serializable;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of one node's native protocol.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
record ContactPoint(String host, int port) implements Serializable {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\s:\\[\\]/]+):(\\d{1,5})");

    /** The address that {@code host:port} or {@code [ipv6]:port} writes; empty for any other text. */
    static Optional<ContactPoint> parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        String host = matcher.group(1).replace("[", "").replace("]", "");
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new ContactPoint(host, port));
    }

    /** The socket address, its name looked up now. */
    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }
}
