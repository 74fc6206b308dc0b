/** Pictures of pipelines: what they show, where it stands, and the languages in which they are drawn. */
@NullMarked
package io.pipewright.app.picture;

import org.jspecify.annotations.NullMarked;
