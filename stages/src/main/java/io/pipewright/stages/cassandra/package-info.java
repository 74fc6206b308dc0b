/** The Cassandra connection and sink: the declared schema, the offline and online checks, and the writer. */
@NullMarked
package io.pipewright.stages.cassandra;

import org.jspecify.annotations.NullMarked;
