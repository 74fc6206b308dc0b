package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.definition.VarDefinition;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.expression.Constant;
import io.pipewright.expression.ExpressionChecker;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.stage.CheckType.OutsideQuestion;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans every entry in topological order, checks how the ports are read, and lets the fields that are read flow back.
 *
 * <p>An entry whose input could not be planned is passed over: its own problems would be guesses.
 */
public final class Planner {

    private final PluginCatalog plugins;

    public Planner(PluginCatalog plugins) {
        this.plugins = plugins;
    }

    public Checked<LogicalGraph> plan(PipelineDefinition pipeline) {
        DiagnosticCollector problems = new DiagnosticCollector();
        Map<String, OutsideQuestion> checks = new CheckPlanner(pipeline, problems).plan();
        EdgeResolver.Edges edges = new EdgeResolver(pipeline, problems).resolve();
        PlannedPorts ports = new PlannedPorts(problems);
        ExpressionChecker expressions = new ExpressionChecker(constants(pipeline));
        List<Planned> planned = new ArrayList<>();
        for (String id : edges.order()) {
            entry(pipeline, edges, id)
                    .flatMap(entry -> plan(pipeline, entry, edges, ports, expressions, problems))
                    .ifPresent(planned::add);
        }
        if (!problems.hasErrors()) {
            new ReadCheck(planned, problems).check();
        }
        return problems.hasErrors()
                ? Checked.failed(problems.diagnostics())
                : Checked.of(new LogicalGraph(pipeline, nodes(planned), checks), problems.diagnostics());
    }

    private static Map<String, Constant> constants(PipelineDefinition pipeline) {
        Map<String, Constant> constants = new LinkedHashMap<>();
        for (VarDefinition variable : pipeline.vars().values()) {
            constants.put(variable.name(), new Constant(variable.type(), variable.value()));
        }
        return constants;
    }

    private static Optional<EntryDefinition> entry(PipelineDefinition pipeline, EdgeResolver.Edges edges, String id) {
        Optional<EntryDefinition> entry = Optional.ofNullable(pipeline.entries().get(id));
        return edges.belowErrors().contains(id) ? entry.map(e -> e.withOnError(ErrorPolicy.FAIL)) : entry;
    }

    private Optional<Planned> plan(
            PipelineDefinition pipeline,
            EntryDefinition entry,
            EdgeResolver.Edges edges,
            PlannedPorts ports,
            ExpressionChecker expressions,
            DiagnosticCollector problems) {
        Optional<List<LogicalInput>> inputs =
                ports.resolve(entry, edges.inputs().getOrDefault(entry.id(), List.of()));
        if (inputs.isEmpty()) {
            return Optional.empty();
        }
        Map<String, RecordType> types = ports.types(inputs.get());
        PlanningContext context = new PlanningContext(pipeline, entry, plugins, expressions, types, problems);
        Optional<StagePlan> plan = plan(entry.type(), entry.options(), context);
        plan.ifPresent(p -> ports.add(entry, p, inputs.get(), context.givesEventTime()));
        return plan.map(p -> new Planned(entry, p, inputs.get(), types));
    }

    private static <O extends Record, P extends StagePlan> Optional<StagePlan> plan(
            StageType<O, P> type, Record options, PlanningContext context) {
        return type.plan(type.optionsType().cast(options), context).map(plan -> plan);
    }

    /** Goes back over the plans, from the sinks to the sources, and gives every input and output its layout. */
    private static List<LogicalNode> nodes(List<Planned> planned) {
        FieldFlow flow = new FieldFlow();
        Deque<Map<String, RecordType>> outputs = new ArrayDeque<>();
        for (int i = planned.size() - 1; i >= 0; i--) {
            Planned entry = planned.get(i);
            outputs.push(flow.flowThrough(
                    entry.entry().id(),
                    entry.plan(),
                    entry.inputs(),
                    entry.entry().type().info().errors()));
        }
        Map<PortId, RecordType> layouts = new LinkedHashMap<>();
        List<LogicalNode> nodes = new ArrayList<>();
        for (Planned entry : planned) {
            Map<String, RecordType> out = outputs.pop();
            out.forEach((port, type) -> layouts.put(new PortId(entry.entry().id(), port), type));
            nodes.add(new LogicalNode(
                    entry.entry(), entry.plan(), entry.inputs(), layouts(entry.inputs(), layouts), out));
        }
        return nodes;
    }

    private static Map<String, RecordType> layouts(List<LogicalInput> inputs, Map<PortId, RecordType> layouts) {
        Map<String, RecordType> types = new LinkedHashMap<>();
        for (LogicalInput input : inputs) {
            types.put(input.name(), layout(input, layouts));
        }
        return types;
    }

    /** The layout of an input: that of its port, or of a union the fields that all its ports hold. */
    private static RecordType layout(LogicalInput input, Map<PortId, RecordType> layouts) {
        if (input.kind() == LogicalInput.Kind.ALL_LATE) {
            return LateRecord.TYPE;
        }
        RecordType common = null;
        for (PortId port : input.ports()) {
            RecordType type = layouts.get(port);
            if (type == null) {
                throw new IllegalStateException("Port " + port + " was planned as unread");
            }
            common = common == null ? type : common.project(type.names());
        }
        return common == null ? FailureRecord.TYPE : common;
    }

    /** An entry with its plan, before fields have flowed back. */
    record Planned(
            EntryDefinition entry, StagePlan plan, List<LogicalInput> inputs, Map<String, RecordType> inputTypes) {

        Optional<OutputPort> output(String port) {
            return plan.outputs().stream()
                    .filter(output -> output.name().equals(port))
                    .findFirst();
        }
    }
}
