/** The command line: what people type, and what it answers. */
@NullMarked
package io.pipewright.app;

import org.jspecify.annotations.NullMarked;
