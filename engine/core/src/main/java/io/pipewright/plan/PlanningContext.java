package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.definition.Reading;
import io.pipewright.definition.RuntimeOptions;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.expression.ExpressionChecker;
import io.pipewright.expression.ExpressionProblem;
import io.pipewright.expression.Result;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.SinkFormat;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.option.SourceFormat.Blank;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What one entry sees of the pipeline while it is planned. */
final class PlanningContext implements PlanContext {

    /** Codes of what may be there after all, where a record is not known whole. */
    private static final Set<String> MISSING_NAMES = Set.of("unknown-field", "meta-not-available");

    private final PipelineDefinition pipeline;
    private final EntryDefinition entry;
    private final PluginCatalog plugins;
    private final ExpressionChecker expressions;
    private final Map<String, RecordType> inputs;
    private final DiagnosticCollector problems;
    private final Reading reading;
    private final Above above;
    private @Nullable EventTime eventTime;
    private Optional<SourcePlan> source = Optional.empty();

    /**
     * What is known of the sources and stages above an entry.
     *
     * @param outOfOrderness the largest of the sources
     * @param endless a source that never ends
     * @param meta what the messages behind {@code from} have beside their values, where no stage is between
     * @param changes whether rows of an input replace and delete earlier ones
     */
    record Above(Duration outOfOrderness, Optional<String> endless, Set<MetaField> meta, boolean changes) {}

    PlanningContext(
            PipelineDefinition pipeline,
            EntryDefinition entry,
            PluginCatalog plugins,
            ExpressionChecker expressions,
            Map<String, RecordType> inputs,
            Above above,
            DiagnosticCollector problems) {
        this.pipeline = pipeline;
        this.entry = entry;
        this.plugins = plugins;
        this.expressions = expressions;
        this.inputs = inputs;
        this.above = above;
        this.problems = problems;
        this.reading = pipeline.gaps().reading();
    }

    /** How a source gives its records event time; known once it is planned. */
    Optional<EventTime> eventTime() {
        return Optional.ofNullable(eventTime);
    }

    /** How a source reads; known once it is planned. */
    Optional<SourcePlan> source() {
        return source;
    }

    @Override
    public String id() {
        return entry.id();
    }

    @Override
    public String pipeline() {
        return pipeline.name();
    }

    @Override
    public RecordType input() {
        return inputOf(StagePlan.FROM);
    }

    @Override
    public Scope scope() {
        return Scope.of(MetaField.addedTo(input(), above.meta()));
    }

    @Override
    public RecordType input(PortRef ref) {
        return inputOf(ref.path());
    }

    @Override
    public boolean inputChanges() {
        return above.changes();
    }

    private RecordType inputOf(String name) {
        RecordType type = inputs.get(name);
        if (type == null) {
            throw new IllegalStateException("`" + entry.id() + "` has no input `" + name + "`");
        }
        return type;
    }

    @Override
    public Duration outOfOrderness() {
        return above.outOfOrderness();
    }

    @Override
    public Optional<String> endlessSource() {
        return above.endless();
    }

    @Override
    public Optional<Duration> checkpointTimeout() {
        return Optional.ofNullable(pipeline.runtime().checkpoint()).map(RuntimeOptions.Checkpoint::timeout);
    }

    @Override
    public ErrorPolicy onError() {
        return entry.onError();
    }

    @Override
    public Optional<CheckedExpression> check(Expression expression, Scope scope) {
        StandInExpression standIn = new StandInExpression(expression.text(), reading.type());
        return Optional.of(check(expression, scope, expressions::check, standIn));
    }

    @Override
    public Optional<CheckedExpression> checkCondition(Expression expression, Scope scope) {
        StandInExpression standIn = new StandInExpression(expression.text(), Scalar.BOOLEAN);
        return Optional.of(check(expression, scope, expressions::checkCondition, standIn));
    }

    @Override
    public Optional<CheckedAggregate> checkAggregate(Expression expression, Scope recordScope) {
        StandInExpression standIn = new StandInExpression(expression.text(), reading.type());
        return Optional.of(
                check(expression, recordScope, expressions::checkAggregate, new CheckedAggregate(List.of(), standIn)));
    }

    private <T> T check(Expression expression, Scope scope, BiFunction<String, Scope, Result<T>> checker, T standIn) {
        if (Reading.isStandIn(expression)) {
            return standIn;
        }
        Result<T> result = checker.apply(expression.text(), scope);
        for (ExpressionProblem problem : result.problems()) {
            if (MISSING_NAMES.contains(problem.code()) && isOpen(scope, expression, problem)) {
                continue;
            }
            problems.error(
                    problem.code(),
                    entry.place().within(expression.path(), problem.start(), problem.end()),
                    problem.message(),
                    problem.hint());
        }
        return result.value() == null ? standIn : result.value();
    }

    /** Whether what is unknown may be a field of a record, or a variable, that an earlier mistake hides. */
    private boolean isOpen(Scope scope, Expression expression, ExpressionProblem problem) {
        boolean variable =
                expression.text().substring(0, problem.start()).stripTrailing().endsWith("vars.");
        return variable
                ? pipeline.gaps().anyVariable()
                : reading.isOpen(scope.fields()) || scope.variables().stream().anyMatch(known -> isOpen(known.type()));
    }

    private boolean isOpen(DataType type) {
        if (type instanceof ListType list) {
            return isOpen(list.element());
        }
        return type instanceof RecordType record && reading.isOpen(record);
    }

    @Override
    public Optional<List<Field>> checkKey(List<String> fields, RecordType of, String optionPath, boolean nullAllowed) {
        return Optional.of(new KeyCheck(of, nullAllowed, reading).check(fields, optionPath, this));
    }

    @Override
    public DeclaredRecord record(RecordRef ref) {
        DeclaredRecord record = pipeline.records().get(ref.name());
        return record == null ? pipeline.gaps().record() : record;
    }

    @Override
    public Optional<Field> checkField(String name, RecordType of, String optionPath) {
        Optional<Field> field = of.field(name);
        if (field.isEmpty() && !reading.isOpen(of)) {
            error(
                    "unknown-field",
                    optionPath,
                    "`" + of.name() + "` has no field `" + name + "`.",
                    Suggest.hint(name, "Fields", of.writtenNames()));
        }
        return field;
    }

    @Override
    public <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType) {
        return new ConnectionResolver(pipeline, plugins, problems)
                .resolve(ref, optionsType, entry.type().info().name(), entry.place());
    }

    @Override
    public Optional<SourcePlan> source(SourceFormat format, @Nullable EventTime time, @Nullable Rate rateLimit) {
        eventTime = time;
        source = new FormatCheck(plugins, this, "format").source(format, time, rateLimit);
        return source;
    }

    @Override
    public Optional<SourcePlan> source(
            DeclaredRecord record, SourceFormatPlan made, @Nullable EventTime time, @Nullable Rate rateLimit) {
        eventTime = time;
        new FormatCheck(plugins, this, "format").eventTime(time, record.type());
        source = Optional.of(new SourcePlan(record, made, Blank.SKIP, time, rateLimit));
        return source;
    }

    @Override
    public Optional<SourceFormatPlan> format(SourceFormat format, String optionPath) {
        return new FormatCheck(plugins, this, optionPath).source(format, record(format.record()));
    }

    @Override
    public Optional<SinkFormatPlan> sink(SinkFormat format, RecordType written) {
        return new FormatCheck(plugins, this, "format").sink(format, written);
    }

    @Override
    public void error(String code, String optionPath, String message, @Nullable String hint) {
        problems.error(code, entry.place().at(optionPath), message, hint);
    }

    @Override
    public void warning(String code, String optionPath, String message, @Nullable String hint) {
        problems.warning(code, entry.place().at(optionPath), message, hint);
    }

    @Override
    public Optional<String> nearest(String name, List<String> valid) {
        return Suggest.nearest(name, valid);
    }
}
