package io.pipewright.stages.cxone;

import java.io.IOException;

/** Says that a request was not sent because its client has nothing to log in with. */
public final class LoginFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient HttpFailure failure;

    LoginFailedException(HttpFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** Why. */
    public HttpFailure failure() {
        return failure;
    }
}
