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
    FOLDED
}
