/** What may be written where: the options of plugins as data, and the check of a document against it. */
@NullMarked
package io.pipewright.schema;

import org.jspecify.annotations.NullMarked;
