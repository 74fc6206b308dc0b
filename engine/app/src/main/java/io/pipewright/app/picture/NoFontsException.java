package io.pipewright.app.picture;

/** A machine has no fonts that Java could write with. */
public final class NoFontsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoFontsException(Throwable cause) {
        super("Java finds no fonts on this machine.", cause);
    }
}
