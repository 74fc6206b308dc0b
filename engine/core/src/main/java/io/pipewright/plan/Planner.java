package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.definition.VarDefinition;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.expression.Constant;
import io.pipewright.expression.ExpressionChecker;
import io.pipewright.schema.PluginCall;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.CheckType.OutsideQuestion;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Plans every entry in topological order, checks how the ports are read, and lets the fields that are read flow back.
 *
 * <p>An entry whose input could not be planned reads what stands in for it. So what is found then may follow from
 * another mistake; {@link PipelineCompiler} tells only what two readings of the pipeline have in common.
 */
public final class Planner {

    private final PluginCatalog plugins;

    public Planner(PluginCatalog plugins) {
        this.plugins = plugins;
    }

    /** The plans of all entries that can be planned, and everything that is wrong with any. */
    public Checked<Plans> plan(PipelineDefinition pipeline) {
        DiagnosticCollector problems = new DiagnosticCollector();
        Map<String, OutsideQuestion> checks = new CheckPlanner(pipeline, plugins, problems).plan();
        checkUids(pipeline, problems);
        EdgeResolver.Edges edges = new EdgeResolver(pipeline, problems).resolve();
        PlannedPorts ports =
                new PlannedPorts(pipeline.gaps(), pipeline.runtime().parallelism(), problems);
        ExpressionChecker expressions = new ExpressionChecker(constants(pipeline));
        List<Planned> planned = new ArrayList<>();
        for (String id : edges.order()) {
            EntryDefinition entry = entry(pipeline, edges, id);
            plan(pipeline, entry, edges, ports, expressions, problems).ifPresent(planned::add);
            ports.add(entry);
        }
        new ReadCheck(pipeline, edges, ports.unknown(), problems).check(planned);
        return Checked.of(new Plans(pipeline, planned, checks), problems.diagnostics());
    }

    /** An entry's state is found again by its uid, so no two entries may have the same. */
    private static void checkUids(PipelineDefinition pipeline, DiagnosticCollector problems) {
        Map<String, EntryDefinition> byUid = new LinkedHashMap<>();
        pipeline.entries()
                .values()
                .forEach(entry -> byUid.merge(entry.uid(), entry, (before, after) -> {
                    EntryDefinition renamed = after.uid().equals(after.id()) ? before : after;
                    problems.error(
                            "duplicate-id",
                            renamed.place().at("uid"),
                            "`" + before.id() + "` and `" + after.id() + "` would both keep their state as `"
                                    + after.uid() + "`.",
                            "write the former id of `" + renamed.id() + "`, or remove `uid`.");
                    return before;
                }));
    }

    private static Map<String, Constant> constants(PipelineDefinition pipeline) {
        Map<String, Constant> constants = new LinkedHashMap<>();
        for (VarDefinition variable : pipeline.vars().values()) {
            constants.put(variable.name(), new Constant(variable.type(), variable.value()));
        }
        return constants;
    }

    private static EntryDefinition entry(PipelineDefinition pipeline, EdgeResolver.Edges edges, String id) {
        EntryDefinition entry = Objects.requireNonNull(pipeline.entries().get(id));
        return edges.belowErrors().contains(id) ? entry.withOnError(ErrorPolicy.FAIL) : entry;
    }

    private Optional<Planned> plan(
            PipelineDefinition pipeline,
            EntryDefinition entry,
            EdgeResolver.Edges edges,
            PlannedPorts ports,
            ExpressionChecker expressions,
            DiagnosticCollector problems) {
        List<LogicalInput> inputs = ports.resolve(entry, edges.inputs().getOrDefault(entry.id(), List.of()));
        Map<String, RecordType> types = ports.types(inputs);
        PlanningContext context =
                new PlanningContext(pipeline, entry, plugins, expressions, types, ports.above(inputs), problems);
        Optional<Planned> planned = plan(entry.type(), entry.options(), context)
                .map(plan -> new Planned(entry, plan, context.source(), inputs));
        planned.ifPresent(p -> ports.add(p, context.eventTime()));
        return planned;
    }

    private static <O extends Record, P extends StagePlan> Optional<StagePlan> plan(
            StageType<O, P> type, Record options, PlanningContext context) {
        return new PluginCall(type, "`" + context.id() + "`")
                .ask(() -> type.plan(type.optionsType().cast(options), context).map(plan -> plan));
    }

    /** Goes back over the plans, from the sinks to the sources, and gives every input and output its layout. */
    private static List<LogicalNode> nodes(List<Planned> planned) {
        FieldFlow flow = new FieldFlow();
        Deque<Map<String, RecordType>> outputs = new ArrayDeque<>();
        for (int i = planned.size() - 1; i >= 0; i--) {
            Planned entry = planned.get(i);
            outputs.push(flow.flowThrough(entry));
        }
        Map<PortId, RecordType> layouts = new LinkedHashMap<>();
        List<LogicalNode> nodes = new ArrayList<>();
        for (Planned entry : planned) {
            Map<String, RecordType> out = outputs.pop();
            out.forEach((port, type) -> layouts.put(new PortId(entry.entry().id(), port), type));
            nodes.add(new LogicalNode(
                    entry.entry(),
                    entry.plan(),
                    entry.source(),
                    entry.inputs(),
                    layouts(entry.inputs(), layouts),
                    out));
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

    /** What was planned of a pipeline, in topological order. */
    public static final class Plans {
        private final PipelineDefinition pipeline;
        private final List<Planned> planned;
        private final Map<String, OutsideQuestion> checks;

        private Plans(PipelineDefinition pipeline, List<Planned> planned, Map<String, OutsideQuestion> checks) {
            this.pipeline = pipeline;
            this.planned = planned;
            this.checks = checks;
        }

        /** The graph of a pipeline in which no phase found an error. */
        public LogicalGraph graph() {
            return new LogicalGraph(pipeline, nodes(planned), checks);
        }
    }

    /** An entry with its plan, before fields have flowed back. */
    record Planned(EntryDefinition entry, StagePlan plan, Optional<SourcePlan> source, List<LogicalInput> inputs) {

        /** What the messages of a source have beside their values; nothing for all others. */
        Set<MetaField> meta() {
            return LogicalNode.meta(entry, source);
        }
    }
}
