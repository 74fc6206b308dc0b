package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Span;
import java.util.List;

/**
 * One case: what comes into the pipeline and what must come out of it.
 *
 * @param place the name's
 */
record TestCase(String name, Span place, List<Step> steps, List<Expectation> expected) {

    TestCase {
        steps = List.copyOf(steps);
        expected = List.copyOf(expected);
    }
}
