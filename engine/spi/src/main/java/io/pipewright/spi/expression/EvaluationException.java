package io.pipewright.spi.expression;

/** An expression has no value for a record; the record goes to {@code .errors}. It has no stack trace, being data. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code a stable code such as {@code division-by-zero}, {@code overflow}, {@code index-out-of-range}
     * @param reason one sentence for the operator who reads the dead letter
     */
    public EvaluationException(String code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** One sentence for the operator who reads the dead letter. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
