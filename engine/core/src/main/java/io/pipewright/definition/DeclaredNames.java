package io.pipewright.definition;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that options may refer to.
 *
 * @param reading how the pipeline is read
 * @param records by name; null if there may be others
 * @param connections by id; null if there may be others
 */
record DeclaredNames(Reading reading, @Nullable Set<String> records, @Nullable Set<String> connections) {}
