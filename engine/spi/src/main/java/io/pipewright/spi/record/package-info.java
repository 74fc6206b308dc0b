/** The positional record that flows through a pipeline, its keys, and its serializers. */
@NullMarked
package io.pipewright.spi.record;

import org.jspecify.annotations.NullMarked;
