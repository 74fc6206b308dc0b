package io.pipewright.spi.stage;

/** What an unread port means. */
public enum PortKind {
    /** Results: an entry none of whose data ports is read is unreachable work. */
    DATA,
    /** What was not processed ({@code errors}, {@code late}, {@code missed}): unread is a finding. */
    LOSS,
    /** What may be of interest ({@code timedOut}, {@code rejected}): may stay unread. */
    INFORMATION
}
