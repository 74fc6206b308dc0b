package io.pipewright.definition;

/** Says what in a schema file is wrong, or has no place in a record; its message is a sentence's end. */
final class SchemaException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String hint;

    /** @param problem such as {@code `/fields/2/type` is a union} */
    SchemaException(String problem, String hint) {
        super(problem, null, false, false);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
