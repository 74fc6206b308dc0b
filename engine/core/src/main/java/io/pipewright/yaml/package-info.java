/**
 * YAML text to a tree in which every node and every key knows its place, and edits of such trees.
 *
 * <p>The tree says what the author wrote, not what it means: {@code 1} is a scalar with the text {@code 1}.
 */
@NullMarked
package io.pipewright.yaml;

import org.jspecify.annotations.NullMarked;
