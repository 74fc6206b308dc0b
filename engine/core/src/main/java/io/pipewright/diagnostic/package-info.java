/**
 * What we tell the author of a pipeline: findings with an exact place, and the forms they are printed in.
 */
@NullMarked
package io.pipewright.diagnostic;

import org.jspecify.annotations.NullMarked;
