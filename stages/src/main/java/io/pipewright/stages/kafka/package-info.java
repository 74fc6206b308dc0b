/** The {@code kafka} connection, source and sink. */
@NullMarked
package io.pipewright.stages.kafka;

import org.jspecify.annotations.NullMarked;
