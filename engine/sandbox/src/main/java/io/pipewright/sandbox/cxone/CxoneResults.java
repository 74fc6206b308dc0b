package io.pipewright.sandbox.cxone;

import java.util.Set;

/** Everything that the pipeline puts out, expected or found. */
public record CxoneResults(
        Set<VolumeRow> volumes, Set<AlertRow> alerts, Set<LateRow> late, Set<DeadLetterRow> deadLetters) {
    /** Copies the sets. */
    public CxoneResults {
        volumes = Set.copyOf(volumes);
        alerts = Set.copyOf(alerts);
        late = Set.copyOf(late);
        deadLetters = Set.copyOf(deadLetters);
    }
}
