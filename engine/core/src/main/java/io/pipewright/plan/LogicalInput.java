package io.pipewright.plan;

import java.util.List;

/**
 * An input of an entry with the ports it reads, several of them for a union.
 *
 * @param name {@code from}, or the path of the option that refers to it
 */
public record LogicalInput(String name, Kind kind, List<PortId> ports) {

    public LogicalInput {
        ports = List.copyOf(ports);
    }

    /** What the records of the input are. */
    public enum Kind {
        /** Those of the ports, all of one type. */
        PORTS,
        /** Failures of all error ports: {@code from: errors}. */
        ALL_ERRORS,
        /** Late records of all late ports, as {@link io.pipewright.spi.record.LateRecord}: {@code from: late}. */
        ALL_LATE
    }
}
