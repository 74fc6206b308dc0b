/** The {@code filter} stage: lets the records pass that meet a condition. */
@NullMarked
package io.pipewright.stages.filter;

import org.jspecify.annotations.NullMarked;
