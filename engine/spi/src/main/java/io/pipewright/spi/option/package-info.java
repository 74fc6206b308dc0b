/** What the options of a plugin are made of: annotations and value types. */
@NullMarked
package io.pipewright.spi.option;

import org.jspecify.annotations.NullMarked;
