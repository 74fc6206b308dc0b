package io.pipewright.definition;

import io.pipewright.diagnostic.Span;

/** Where in the file an entry and its options stand, so that later phases report at the right place. */
public interface Place {

    /** The entry's key. */
    Span key();

    /**
     * The value at an option path such as {@code steps[0].where}; for a path that is not written the key of the nearest
     * entry above it, and for the empty path the entry's key. A path that ends with a colon names the key:
     * {@code columns.total:}.
     */
    Span at(String optionPath);

    /** Part of the scalar at an option path, by offsets into its text, the end exclusive. */
    Span within(String optionPath, int start, int end);
}
