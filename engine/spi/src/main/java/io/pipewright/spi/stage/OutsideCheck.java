package io.pipewright.spi.stage;

import java.util.List;
import java.util.Locale;

/**
 * Asks the outside world before a submission, and for {@code validate --connect}: does the topic exist, does the table
 * fit? It changes nothing there. It imports no Flink.
 */
public interface OutsideCheck<P> {

    /** Problems in the order found, each a sentence; empty if all is well. Bounded in time (about 30 s at most). */
    List<OutsideProblem> check(P plan);

    /**
     * One thing that is not as it must be.
     *
     * @param option the option path where the author would mend it; empty if it is not the pipeline that must change
     * @param message what is wrong, naming the server and the thing
     * @param hint the next action, which begins in lower case as all hints do; a sentence is made to
     */
    record OutsideProblem(String option, String message, String hint) {
        public OutsideProblem {
            boolean sentence = hint.length() > 1 && Character.isLowerCase(hint.charAt(1));
            hint = sentence ? hint.substring(0, 1).toLowerCase(Locale.ROOT) + hint.substring(1) : hint;
        }

        public OutsideProblem(String message, String hint) {
            this("", message, hint);
        }
    }
}
