/** The {@code json} format: one object per message or line, read exactly and only as far as it is used. */
@NullMarked
package io.pipewright.stages.json;

import org.jspecify.annotations.NullMarked;
