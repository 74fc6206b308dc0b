package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Span;
import io.pipewright.testkit.GivenAnswer;
import java.util.List;
import java.util.Map;

/**
 * One case: what comes into the pipeline and what must come out of it.
 *
 * @param place the name's
 * @param answers what servers know, by the ids of the stages that ask them
 */
record TestCase(
        String name, Span place, Map<String, List<GivenAnswer>> answers, List<Step> steps, List<Expectation> expected) {

    TestCase {
        answers = Map.copyOf(answers);
        steps = List.copyOf(steps);
        expected = List.copyOf(expected);
    }
}
