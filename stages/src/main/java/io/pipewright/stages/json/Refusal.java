package io.pipewright.stages.json;

/** Why the text being read is no record; thrown inside this package alone, without a stack trace. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    static final String MALFORMED_JSON = "malformed-json";
    static final String INVALID_UTF8 = "invalid-utf8";
    static final String MISSING_FIELD = "missing-field";
    static final String WRONG_TYPE = "wrong-type";
    static final String OUT_OF_RANGE = "out-of-range";
    static final String UNKNOWN_FIELD = "unknown-field";

    private final String code;
    private final String place;
    private final String problem;

    private Refusal(String code, String place, String problem) {
        super(problem, null, false, false);
        this.code = code;
        this.place = place;
        this.problem = problem;
    }

    /** A problem of a value, as the end of a sentence that begins with its place: {@code must be …, but is …}. */
    static Refusal ofValue(String code, String problem) {
        return new Refusal(code, "", problem);
    }

    /** The same, one step further out: {@code step} is a field's name, {@code .key} or {@code [index]}. */
    Refusal inside(String step) {
        boolean dot = !place.isEmpty() && place.charAt(0) != '[' && place.charAt(0) != '.';
        return new Refusal(code, step + (dot ? "." : "") + place, problem);
    }

    String code() {
        return code;
    }

    String reason() {
        return place.isEmpty() ? "The message " + problem + "." : "Field `" + Excerpt.of(place) + "` " + problem + ".";
    }
}
