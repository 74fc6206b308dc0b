/**
 * Checked expressions as they travel and run: a serializable tree of our own, and the closures it becomes. Nothing here
 * knows the library that parsed and checked them.
 */
@NullMarked
package io.pipewright.expression.tree;

import org.jspecify.annotations.NullMarked;
