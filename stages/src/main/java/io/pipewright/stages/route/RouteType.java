package io.pipewright.stages.route;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The {@code route} stage: sends each record to the port of the rule that takes it. */
public final class RouteType implements StageType<RouteOptions, RoutePlan> {

    private static final Set<String> RESERVED = Set.of(OutputPort.ERRORS, OutputPort.LATE, RoutePlan.REJECTED);

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "route",
                "Sends each record to the port of the rule that takes it.",
                false,
                true,
                List.of(RouteBuilder.ROLE));
    }

    @Override
    public Class<RouteOptions> optionsType() {
        return RouteOptions.class;
    }

    @Override
    public Optional<RoutePlan> plan(RouteOptions options, PlanContext in) {
        boolean namesFine = checkIds(options, in);
        List<RoutePlan.Rule> rules = new ArrayList<>();
        for (int i = 0; i < options.routes().size(); i++) {
            rule(options.routes().get(i), "routes[" + i + "].record", in).ifPresent(rules::add);
        }
        if (rules.size() < options.routes().size()) {
            return Optional.empty();
        }
        if (namesFine && options.mode() == RouteOptions.Mode.FIRST) {
            checkReach(options.routes(), rules, in);
        }
        return Optional.of(new RoutePlan(in.input(), rules, options.mode() == RouteOptions.Mode.ALL));
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<RoutePlan>> builder() {
        return () -> new RouteBuilder();
    }

    private static boolean checkIds(RouteOptions options, PlanContext in) {
        boolean fine = true;
        if (options.routes().isEmpty()) {
            in.error("empty-list", "routes", "`route` needs at least one rule.", "add `- {id: …, where: …}`.");
            return false;
        }
        Set<String> ids = new HashSet<>();
        boolean remainder = false;
        for (int i = 0; i < options.routes().size(); i++) {
            RouteOptions.Rule rule = options.routes().get(i);
            String path = "routes[" + i + "]";
            if (RESERVED.contains(rule.id())) {
                in.error(
                        "reserved-id",
                        path + ".id",
                        "`" + rule.id() + "` is the name of a port that every `route` has.",
                        "choose another id.");
                fine = false;
            } else if (!Names.isId(rule.id())) {
                in.error(
                        "invalid-id",
                        path + ".id",
                        "`" + rule.id() + "` cannot be the name of a port.",
                        "use a lower-case letter, then letters and digits, as in `newCustomers`.");
                fine = false;
            } else if (!ids.add(rule.id())) {
                in.error(
                        "duplicate-id",
                        path + ".id",
                        "Two rules are called `" + rule.id() + "`.",
                        "give each rule an id of its own.");
                fine = false;
            }
            if (rule.where() == null) {
                if (remainder) {
                    in.error(
                            "second-remainder",
                            path,
                            "Two rules have no `where`, so both would take what no other took.",
                            "give one of them a `where`.");
                    fine = false;
                }
                remainder = true;
            }
        }
        return fine;
    }

    /** Warns of rules that never take a record, because an earlier one takes all that they would. */
    private static void checkReach(List<RouteOptions.Rule> rules, List<RoutePlan.Rule> planned, PlanContext in) {
        Map<String, String> earlier = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Expression where = rules.get(i).where();
            CheckedExpression condition = planned.get(i).where();
            if (condition != null && condition.neverTrue()) {
                in.warning(
                        "never-true",
                        "routes[" + i + "].where",
                        "`" + rules.get(i).id() + "` never takes a record: its condition is always false.",
                        "write a condition that some record can meet, or remove the rule.");
                continue;
            }
            String taker =
                    earlier.getOrDefault(where == null ? "" : where.text().strip(), earlier.get("true"));
            if (taker != null) {
                in.warning(
                        "shadowed-rule",
                        "routes[" + i + "].id",
                        "`" + rules.get(i).id() + "` never takes a record: `" + taker + "` stands before it and takes"
                                + " the same.",
                        "change one of their conditions, put this rule first, or remove it.");
            } else if (where != null) {
                earlier.put(where.text().strip(), rules.get(i).id());
            }
        }
    }

    private static Optional<RoutePlan.Rule> rule(RouteOptions.Rule rule, String recordPath, PlanContext in) {
        RecordRef record = rule.record();
        Narrowing narrowing = record == null
                ? Narrowing.none(in.input())
                : Narrowing.check(in.input(), in.record(record).type(), recordPath, in);
        if (rule.where() == null) {
            return Optional.of(new RoutePlan.Rule(rule.id(), null, narrowing));
        }
        Optional<CheckedExpression> where = in.checkCondition(rule.where(), in.scope());
        return where.map(condition -> new RoutePlan.Rule(rule.id(), condition, narrowing));
    }
}
