package io.pipewright.stages.join;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.PairedKeys;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The {@code join} stage: pairs the records of two inputs whose keys are equal and whose times are close. */
public final class JoinType implements StageType<JoinOptions, JoinPlan> {

    private static final Set<String> TAKEN = Set.of("vars", "meta", JoinPlan.WINDOW_START, JoinPlan.WINDOW_END);

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "join",
                "Pairs the records of two inputs whose keys are equal and whose times are close.",
                true,
                true,
                List.of(JoinBuilder.ROLE));
    }

    @Override
    public Class<JoinOptions> optionsType() {
        return JoinOptions.class;
    }

    @Override
    public Optional<JoinPlan> plan(JoinOptions options, PlanContext in) {
        List<String> names = List.copyOf(options.inputs().keySet());
        if (!checkInputs(names, in)) {
            return Optional.empty();
        }
        JoinPlan.Side first = side(names.get(0), JoinOptions.Kind.LEFT, options, in);
        JoinPlan.Side second = side(names.get(1), JoinOptions.Kind.RIGHT, options, in);
        if (checkKeys(names, options, in)) {
            PairedKeys.Side one = new PairedKeys.Side(first.name(), first.key(), first.type());
            PairedKeys.Side other = new PairedKeys.Side(second.name(), second.key(), second.type());
            new PairedKeys(one, other).check("join", true, in);
        }
        Meeting meeting = new MeetingCheck(options, in).check(names);
        if (options.select().isEmpty()) {
            in.error(
                    "empty-map",
                    "select",
                    "`join` needs at least one field to select.",
                    "add one, for example `id: " + first.name() + ".id`.");
        }
        JoinPlan plan = new JoinPlan(in.id(), first, second, meeting, new ComputedFields(List.of()));
        return ComputedFields.check(options.select(), "select", plan.scope(first.type(), second.type()), in)
                .map(plan::withSelected);
    }

    @Override
    public Supplier<StageBuilder<JoinPlan>> builder() {
        return () -> new JoinBuilder();
    }

    private static JoinPlan.Side side(String name, JoinOptions.Kind own, JoinOptions options, PlanContext in) {
        PortRef port = options.inputs().get(name);
        if (port == null) {
            throw new IllegalArgumentException("No input `" + name + "`.");
        }
        return new JoinPlan.Side(
                name,
                port.path(),
                in.input(port),
                options.keyBy().getOrDefault(name, List.of()),
                options.kind() == own || options.kind() == JoinOptions.Kind.FULL);
    }

    private static boolean checkInputs(List<String> names, PlanContext in) {
        if (names.size() != 2) {
            in.error(
                    "not-two-inputs",
                    "inputs",
                    "`join` has two inputs, not " + names.size() + ".",
                    names.size() < 2
                            ? "name two, such as `inputs: {call: calls, survey: surveys}`."
                            : "join two of them here, and the rows with the next one in another `join`.");
            return false;
        }
        boolean fine = true;
        for (String name : names) {
            if (!Names.isIdentifier(name) || TAKEN.contains(name)) {
                in.error(
                        "invalid-name",
                        OptionPath.key("inputs." + name),
                        "`" + name + "` cannot be what expressions call a record.",
                        "use letters, digits and `_`, with a letter first; not `vars`, `meta`, `windowStart` or"
                                + " `windowEnd`.");
                fine = false;
            }
        }
        return fine;
    }

    /** Whether {@code keyBy} has the inputs, and no others. */
    private static boolean checkKeys(List<String> names, JoinOptions options, PlanContext in) {
        Map<String, List<String>> keys = options.keyBy();
        List<String> unknown =
                keys.keySet().stream().filter(name -> !names.contains(name)).toList();
        unknown.forEach(name -> reportUnknown(name, OptionPath.key("keyBy." + name), names, in));
        List<String> missing =
                names.stream().filter(name -> !keys.containsKey(name)).toList();
        if (unknown.isEmpty() && !missing.isEmpty()) {
            String name = missing.get(0);
            in.error(
                    "missing-option",
                    "keyBy",
                    "`keyBy` lacks the fields of `" + name + "`.",
                    "add `" + name + ": […]`, as many fields as the other input has.");
        }
        return unknown.isEmpty() && missing.isEmpty();
    }

    static void reportUnknown(String name, String path, List<String> names, PlanContext in) {
        String hint = in.nearest(name, names)
                .map(nearest -> "did you mean `" + nearest + "`? ")
                .orElse("");
        in.error(
                "unknown-input",
                path,
                "There is no input `" + name + "`.",
                hint + "`inputs` names `" + names.get(0) + "` and `" + names.get(1) + "`.");
    }
}
