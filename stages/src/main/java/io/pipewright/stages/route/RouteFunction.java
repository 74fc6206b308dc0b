package io.pipewright.stages.route;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Tries the rules on each record.
 *
 * <p>All conditions of a record are evaluated before it is sent anywhere, so that one that fails sends it to {@code
 * .errors} alone. A record that a rule takes and that cannot be narrowed goes to {@code .errors} in that rule's place,
 * also if nothing reads the rule's port.
 */
final class RouteFunction extends ProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;
    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    private final RoutePlan plan;
    private final RecordType input;
    private final Map<String, Port> ports;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient Rule[] rules;

    @SuppressWarnings("NullAway.Init")
    private transient boolean[] taken;

    @SuppressWarnings("NullAway.Init")
    private transient Target otherwise;

    RouteFunction(
            RoutePlan plan,
            RecordType input,
            Map<String, Port> ports,
            OutputTag<DataRecord> errors,
            Failures failures) {
        this.plan = plan;
        this.input = input;
        this.ports = ports;
        this.errors = errors;
        this.failures = failures;
    }

    /** A port that something reads, and the layout of its records. */
    record Port(OutputTag<DataRecord> tag, RecordType layout) implements Serializable {}

    private record Rule(Evaluator where, Target target) {}

    /** @param tag null for a port that nothing reads */
    private record Target(Narrowing.Narrower narrower, @Nullable OutputTag<DataRecord> tag) {}

    @Override
    public void open(OpenContext context) {
        failures.open(getRuntimeContext().getMetricGroup());
        List<Rule> conditional = new ArrayList<>();
        otherwise = target(RoutePlan.REJECTED, Narrowing.none(plan.input()));
        for (RoutePlan.Rule rule : plan.rules()) {
            Target target = target(rule.id(), rule.narrowing());
            if (rule.where() == null) {
                otherwise = target;
            } else {
                conditional.add(new Rule(rule.where().evaluator(Scope.of(input)), target));
            }
        }
        rules = conditional.toArray(Rule[]::new);
        taken = new boolean[rules.length];
    }

    private Target target(String port, Narrowing narrowing) {
        Port known = ports.get(port);
        RecordType layout = known == null ? NOTHING : known.layout();
        return new Target(narrowing.bind(input, layout), known == null ? null : known.tag());
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<DataRecord> out) {
        boolean any;
        try {
            any = decide(record);
        } catch (EvaluationException failure) {
            failures.report(failure, context.timestamp(), input, record, failed -> context.output(errors, failed));
            return;
        }
        if (!any) {
            send(record, otherwise, context);
            return;
        }
        for (int i = 0; i < rules.length; i++) {
            if (taken[i]) {
                send(record, rules[i].target, context);
            }
        }
    }

    private boolean decide(DataRecord record) {
        boolean any = false;
        for (int i = 0; i < rules.length; i++) {
            taken[i] = !(any && !plan.all()) && rules[i].where.test(record);
            any |= taken[i];
        }
        return any;
    }

    private void send(DataRecord record, Target target, Context context) {
        String missing = target.narrower.missing(record);
        if (missing != null) {
            failures.report(
                    Narrowing.CANNOT_NARROW,
                    missing,
                    context.timestamp(),
                    input,
                    record,
                    failed -> context.output(errors, failed));
        } else if (target.tag != null) {
            context.output(target.tag, target.narrower.narrow(record));
        }
    }
}
