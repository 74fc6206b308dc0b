package io.pipewright.spi.stage;

import java.util.List;

/**
 * What a type of source, stage or sink says of itself before it is planned.
 *
 * @param name the {@code type} that selects it
 * @param summary one sentence for {@code list} and the reference page
 * @param needsEventTime whether every input must carry event time
 * @param errors whether it has an {@code .errors} port
 * @param roles the roles of its operators, which end their uids ({@code window/panes}); never renamed once released
 */
public record StageInfo(
        Kind kind, String name, String summary, boolean needsEventTime, boolean errors, List<String> roles) {

    public StageInfo {
        roles = List.copyOf(roles);
    }

    /** Where in the file an entry of this type stands. */
    public enum Kind {
        SOURCE,
        STAGE,
        SINK
    }
}
