package io.pipewright.stages.avro;

/** A schema that is none, or that does not fit a record. */
final class UnfitSchemaException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;
    private final String action;

    /**
     * @param problem to stand behind the name of what has it, without a full stop
     * @param action the next action
     */
    UnfitSchemaException(String problem, String action) {
        this("", problem, action);
    }

    private UnfitSchemaException(String path, String problem, String action) {
        super(problem);
        this.path = path;
        this.problem = problem;
        this.action = action;
    }

    /** The same, of what stands in this field. */
    UnfitSchemaException in(String field) {
        return new UnfitSchemaException(path.isEmpty() ? field : field + "." + path, problem, action);
    }

    /** A sentence about the field, or else about this. */
    String sentence(String whole) {
        return "`" + (path.isEmpty() ? whole : path) + "` " + problem + ".";
    }

    String action() {
        return action;
    }
}
