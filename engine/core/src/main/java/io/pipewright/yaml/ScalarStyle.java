package io.pipewright.yaml;

/** How a scalar is written. */
public enum ScalarStyle {
    /** Without quotes. */
    PLAIN,
    /** {@code '...'}. */
    SINGLE_QUOTED,
    /** {@code "..."}, with escapes. */
    DOUBLE_QUOTED,
    /** After {@code |}, line by line. */
    LITERAL,
    /** After {@code >}, lines joined. */
    FOLDED;

    /** The library's own style. */
    static ScalarStyle of(org.snakeyaml.engine.v2.common.ScalarStyle style) {
        return switch (style) {
            case PLAIN -> PLAIN;
            case SINGLE_QUOTED -> SINGLE_QUOTED;
            case DOUBLE_QUOTED -> DOUBLE_QUOTED;
            case LITERAL -> LITERAL;
            case FOLDED -> FOLDED;
        };
    }
}
