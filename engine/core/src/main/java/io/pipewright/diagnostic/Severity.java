package io.pipewright.diagnostic;

import java.util.Locale;

/** How much a finding matters: an error stops the pipeline before it runs, a warning does not. */
public enum Severity {
    ERROR,
    WARNING;

    /** The word that is printed. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
