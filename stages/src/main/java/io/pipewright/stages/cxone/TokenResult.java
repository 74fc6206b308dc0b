package io.pipewright.stages.cxone;

import io.pipewright.spi.option.Secret;
import java.time.Instant;

/** An access token, or why there is none. */
sealed interface TokenResult {

    /**
     * A token.
     *
     * @param renewAt from when on it is not used for a new call
     */
    record Token(Secret value, Instant renewAt) implements TokenResult {}

    /** The token could not be had. */
    record NoToken(HttpFailure failure) implements TokenResult {}
}
