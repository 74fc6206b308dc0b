package io.pipewright.stages.join;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.TimeDifference;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs and options that the tests of {@code join} share. */
final class Joins {

    static final String CALLS = "inputs.call";
    static final String SURVEYS = "inputs.survey";

    static final RecordType CALL = RecordType.of(
            "Call",
            Field.nullable("id", Scalar.STRING),
            Field.of("number", Scalar.LONG),
            Field.nullable("unused", Scalar.STRING));
    static final RecordType SURVEY =
            RecordType.of("Survey", Field.nullable("about", Scalar.STRING), Field.of("score", Scalar.LONG));

    private Joins() {}

    static TestPlan inputs() {
        return new TestPlan().input(CALLS, CALL).input(SURVEYS, SURVEY);
    }

    static JoinOptions.Within within(long from, long to) {
        return new JoinOptions.Within(
                "call", new TimeDifference(Duration.ofMillis(from)), new TimeDifference(Duration.ofMillis(to)));
    }

    static JoinOptions.Window window(long size) {
        return new JoinOptions.Tumbling(Duration.ofMillis(size));
    }

    static JoinOptions.Window sliding(long size, long slide) {
        return new JoinOptions.Sliding(Duration.ofMillis(size), Duration.ofMillis(slide));
    }

    static JoinOptions.Window cumulative(long size, long step) {
        return new JoinOptions.Cumulative(Duration.ofMillis(size), Duration.ofMillis(step));
    }

    /** A number of each record, and the bounds of the window if there is one, in the order of these names. */
    static Map<String, String> select(JoinOptions.@Nullable Window window) {
        Map<String, String> select = new LinkedHashMap<>(Map.of("number", "call.number", "score", "survey.score"));
        if (window != null) {
            select.put("start", "windowStart");
            select.put("stop", "windowEnd");
        }
        return select;
    }

    static JoinOptions options(
            JoinOptions.Kind kind, JoinOptions.@Nullable Within within, JoinOptions.@Nullable Window window) {
        return options(kind, within, window, Map.of("number", "call.number", "score", "survey.score"));
    }

    static JoinOptions options(
            JoinOptions.Kind kind,
            JoinOptions.@Nullable Within within,
            JoinOptions.@Nullable Window window,
            Map<String, String> select) {
        Map<String, PortRef> inputs = new LinkedHashMap<>();
        inputs.put("call", new PortRef("calls", CALLS));
        inputs.put("survey", new PortRef("surveys", SURVEYS));
        Map<String, Expression> selected = new LinkedHashMap<>();
        select.keySet().stream()
                .sorted()
                .forEach(name -> selected.put(name, new Expression(select.get(name), "select." + name)));
        return new JoinOptions(
                inputs, Map.of("call", List.of("id"), "survey", List.of("about")), kind, within, window, selected);
    }
}
