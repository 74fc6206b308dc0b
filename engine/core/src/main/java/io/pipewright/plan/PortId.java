package io.pipewright.plan;

import io.pipewright.spi.stage.OutputPort;

/** An output of an entry: its id and the port, which is empty for the main output. */
public record PortId(String entry, String port) {

    public static PortId main(String entry) {
        return new PortId(entry, OutputPort.MAIN);
    }

    // By hand, as in RecordType.
    @Override
    public boolean equals(Object other) {
        return other instanceof PortId id && entry.equals(id.entry) && port.equals(id.port);
    }

    @Override
    public int hashCode() {
        return 31 * entry.hashCode() + port.hashCode();
    }

    /** As an author writes it: {@code routing.customers}. */
    @Override
    public String toString() {
        return port.isEmpty() ? entry : entry + "." + port;
    }
}
