package io.pipewright.definition;

import java.util.Set;

/** The names that options may refer to. */
record DeclaredNames(Set<String> records, Set<String> connections) {}
