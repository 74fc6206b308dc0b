package io.pipewright.stages.cxone;

import io.pipewright.stages.cxone.TokenResult.NoToken;
import io.pipewright.stages.cxone.TokenResult.Token;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one access token and renews it before it expires, one renewal at a time.
 *
 * <p>Callers that come while a renewal is under way wait for it and share what it brings, a failure too: wrong credentials are tried once,
 * not once per thread. A failure is not kept for later callers.
 */
final class TokenSource {

    /**
     * What a caller gets.
     *
     * @param cached whether it was there before, so that the server may have revoked it since
     */
    record Access(TokenResult result, boolean cached) {}

    private final TokenRequest request;
    private final Clock clock;
    private final Object lock = new Object();

    // Both guarded by lock.
    private @Nullable Token kept;
    private @Nullable CompletableFuture<TokenResult> renewal;

    TokenSource(TokenRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    Access access(Instant deadline) {
        CompletableFuture<TokenResult> joined;
        boolean mine = false;
        synchronized (lock) {
            if (kept != null && clock.instant().isBefore(kept.renewAt())) {
                return new Access(kept, true);
            }
            if (renewal == null) {
                renewal = new CompletableFuture<>();
                mine = true;
            }
            joined = renewal;
        }
        return new Access(mine ? renew(joined, deadline) : await(joined), false);
    }

    /** Forgets the token, unless another has taken its place meanwhile. */
    void forget(Token refused) {
        synchronized (lock) {
            if (refused.equals(kept)) {
                kept = null;
            }
        }
    }

    private TokenResult renew(CompletableFuture<TokenResult> mine, Instant deadline) {
        // Stands for a defect of ours: the threads that wait must not wait for ever.
        TokenResult result = new NoToken(TokenFailures.abandoned(request.url()));
        try {
            result = request.send(deadline);
            return result;
        } finally {
            synchronized (lock) {
                kept = result instanceof Token token ? token : null;
                renewal = null;
            }
            mine.complete(result);
        }
    }

    private TokenResult await(CompletableFuture<TokenResult> joined) {
        try {
            return joined.get();
        } catch (InterruptedException e) {
            return new NoToken(NetworkFailures.interrupted(url()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a renewal is only ever completed with a result", e);
        }
    }

    private HttpUrl url() {
        return request.url();
    }
}
