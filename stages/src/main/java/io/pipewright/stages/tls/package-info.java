/**
 * Whom a connection trusts when it speaks TLS, and what it means when that fails, for all connections alike.
 *
 * <p>This is no stage: the packages of connections may import it.
 */
@NullMarked
package io.pipewright.stages.tls;

import org.jspecify.annotations.NullMarked;
