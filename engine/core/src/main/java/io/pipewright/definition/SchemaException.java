package io.pipewright.definition;

/** Says what in a schema file is wrong, or has no place in a record. */
final class SchemaException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String place;
    private final String hint;
    private final boolean last;

    private SchemaException(String place, String sentence, String hint, boolean last) {
        super(sentence, null, false, false);
        this.place = place;
        this.hint = hint;
        this.last = last;
    }

    /**
     * A problem beside which others may be found.
     *
     * @param place the value that is meant, as a JSON pointer
     * @param sentence such as {@code this is a union.}
     */
    SchemaException(String place, String sentence, String hint) {
        this(place, sentence, hint, false);
    }

    /** A problem after which the file is read no further. */
    static SchemaException last(String place, String sentence, String hint) {
        return new SchemaException(place, sentence, hint, true);
    }

    String place() {
        return place;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return hint;
    }

    boolean isLast() {
        return last;
    }
}
