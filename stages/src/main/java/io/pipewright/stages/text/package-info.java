/** What formats share: records whose values are texts, exact numbers and moments, UTF-8, and excerpts for messages. */
@NullMarked
package io.pipewright.stages.text;

import org.jspecify.annotations.NullMarked;
