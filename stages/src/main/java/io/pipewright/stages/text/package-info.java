/** What formats of text share: UTF-8, excerpts for messages, and records whose values are texts. */
@NullMarked
package io.pipewright.stages.text;

import org.jspecify.annotations.NullMarked;
