package io.pipewright.stages.harness;

import io.pipewright.expression.ExpressionChecker;
import io.pipewright.expression.Result;
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
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans a stage in a test, with the real expressions; what is reported is kept as {@code code at path}. */
public final class TestPlan implements PlanContext {

    private final ExpressionChecker expressions = new ExpressionChecker(Map.of());
    private final Map<String, RecordType> inputs = new HashMap<>();
    private final Map<String, RecordType> records = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    public static TestPlan from(RecordType input) {
        return new TestPlan().input(StagePlan.FROM, input);
    }

    public TestPlan input(String name, RecordType type) {
        inputs.put(name, type);
        return this;
    }

    public TestPlan record(RecordType type) {
        records.put(type.name(), type);
        return this;
    }

    /** What was reported, each {@code code at path}. */
    public List<String> problems() {
        return problems;
    }

    public Map<String, RecordType> inputs() {
        return inputs;
    }

    @Override
    public String id() {
        return "stage";
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public RecordType input() {
        return inputs.get(StagePlan.FROM);
    }

    @Override
    public RecordType input(PortRef ref) {
        return inputs.get(ref.path());
    }

    @Override
    public Duration outOfOrderness() {
        return Duration.ZERO;
    }

    @Override
    public ErrorPolicy onError() {
        return ErrorPolicy.DEAD_LETTER;
    }

    @Override
    public Optional<CheckedExpression> check(Expression expression, Scope scope) {
        return report(expression, expressions.check(expression.text(), scope));
    }

    @Override
    public Optional<CheckedExpression> checkCondition(Expression expression, Scope scope) {
        return report(expression, expressions.checkCondition(expression.text(), scope));
    }

    @Override
    public Optional<CheckedAggregate> checkAggregate(Expression expression, Scope recordScope) {
        return report(expression, expressions.checkAggregate(expression.text(), recordScope));
    }

    private <T> Optional<T> report(Expression expression, Result<T> result) {
        result.problems().forEach(problem -> error(problem.code(), expression.path(), problem.message(), null));
        return Optional.ofNullable(result.value());
    }

    @Override
    public Optional<List<Field>> checkKey(List<String> fields, RecordType of, String optionPath, boolean nullAllowed) {
        List<Field> keys = new ArrayList<>();
        for (String name : fields) {
            Optional<Field> field = of.field(name).filter(known -> nullAllowed || !known.nullable());
            if (field.isEmpty()) {
                error("bad-key", optionPath, name, null);
                return Optional.empty();
            }
            keys.add(field.get());
        }
        return Optional.of(keys);
    }

    @Override
    public DeclaredRecord record(RecordRef ref) {
        RecordType type = records.get(ref.name());
        List<DeclaredField> fields = type.fields().stream()
                .map(field -> new DeclaredField(field, List.of(field.name()), TimestampFormat.ISO))
                .toList();
        return new DeclaredRecord(ref.name(), fields, UnknownFields.IGNORE);
    }

    @Override
    public <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType) {
        throw new UnsupportedOperationException("no connections here");
    }

    @Override
    public Optional<Field> checkField(String name, RecordType of, String optionPath) {
        if (of.field(name).isEmpty()) {
            error("unknown-field", optionPath, name, null);
        }
        return of.field(name);
    }

    @Override
    public Optional<SourcePlan> source(
            DeclaredRecord record, SourceFormatPlan made, EventTime eventTime, Rate rateLimit) {
        return Optional.of(new SourcePlan(record, made, SourceFormat.Blank.SKIP, eventTime, rateLimit));
    }

    @Override
    public Optional<SourcePlan> source(SourceFormat format, EventTime eventTime, Rate rateLimit) {
        throw new UnsupportedOperationException("no sources here");
    }

    @Override
    public Optional<SourceFormatPlan> format(SourceFormat format, String optionPath) {
        throw new UnsupportedOperationException("no formats here");
    }

    @Override
    public Optional<SinkFormatPlan> sink(SinkFormat format, RecordType written) {
        throw new UnsupportedOperationException("no sinks here");
    }

    @Override
    public void error(String code, String optionPath, String message, String hint) {
        problems.add(code + " at " + optionPath);
    }

    @Override
    public void warning(String code, String optionPath, String message, String hint) {
        problems.add("warning " + code + " at " + optionPath);
    }

    @Override
    public Optional<String> nearest(String name, List<String> valid) {
        return Optional.empty();
    }
}
