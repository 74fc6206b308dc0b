/**
 * The {@code lookup} stage: asks a server about each record. What the servers are that can be asked, {@code http} and
 * {@code cassandra} know themselves; their packages are the ones beside its own that this one may import.
 */
@NullMarked
package io.pipewright.stages.lookup;

import org.jspecify.annotations.NullMarked;
