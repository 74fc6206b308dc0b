/** The {@code avro} format: messages in Avro's binary encoding, with a schema file or a schema registry. */
@NullMarked
package io.pipewright.stages.avro;

import org.jspecify.annotations.NullMarked;
