/** The {@code file} source and sink: pipelines that need no server. */
@NullMarked
package io.pipewright.stages.file;

import org.jspecify.annotations.NullMarked;
