package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports for servers that are about to start. Nobody listens on them, and until this is closed nobody else is given
 * one of them, in no other process either. They are below the range from which the system takes ports for outgoing
 * connections, so that none of those grabs one before the server starts.
 */
final class FreePorts implements AutoCloseable {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 23_000;
    private static final int TRIES = 500;

    /** The port so much above one that is given away is listened on: that is how others know. */
    private static final int SIGN = HIGHEST - LOWEST;

    private final List<ServerSocket> signs;

    private FreePorts(List<ServerSocket> signs) {
        this.signs = signs;
    }

    /** Distinct free ports, as many as asked for. */
    static FreePorts take(int count) {
        List<ServerSocket> signs = new ArrayList<>();
        for (int i = 0; i < TRIES && signs.size() < count; i++) {
            sign(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST)).ifPresent(signs::add);
        }
        FreePorts ports = new FreePorts(signs);
        if (signs.size() < count) {
            ports.close();
            throw new SandboxException(
                    "No free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1: stop what listens there.");
        }
        return ports;
    }

    /** What says that a port is given away, if nobody else has it. */
    static Optional<ServerSocket> sign(int port) {
        try {
            ServerSocket sign = listen(port + SIGN);
            if (isFree(port)) {
                return Optional.of(sign);
            }
            sign.close();
        } catch (IOException e) {
            // It is given away.
        }
        return Optional.empty();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** One of them, from 0 on. */
    int get(int number) {
        return signs.get(number).getLocalPort() - SIGN;
    }

    @Override
    public void close() {
        for (ServerSocket sign : signs) {
            try {
                sign.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
