package io.pipewright.stages.avro;

/** A value in a message that its field cannot hold, or one of a record that its schema cannot; it has no stack trace, being data. */
final class WrongValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String path;
    private final String problem;

    /** @param problem what is wrong with the value, to stand behind the field's name */
    WrongValueException(String code, String problem) {
        this(code, "", problem);
    }

    private WrongValueException(String code, String path, String problem) {
        super(problem, null, false, false);
        this.code = code;
        this.path = path;
        this.problem = problem;
    }

    /** The same, of a value in this field. */
    WrongValueException in(String field) {
        return new WrongValueException(code, path.isEmpty() ? field : field + "." + path, problem);
    }

    String code() {
        return code;
    }

    /** A sentence. */
    String reason() {
        return "Field `" + path + "` " + problem + ".";
    }
}
