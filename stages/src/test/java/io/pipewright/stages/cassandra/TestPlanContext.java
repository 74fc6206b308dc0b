package io.pipewright.stages.cassandra;

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
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan context over one record type, whose expressions are field names; it collects findings as text. */
final class TestPlanContext implements PlanContext {

    final List<String> errors = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    private final RecordType input;
    private final CassandraConnection connection;
    private final ErrorPolicy policy;
    private final boolean changes;

    TestPlanContext(RecordType input, CassandraConnection connection, ErrorPolicy policy, boolean changes) {
        this.input = input;
        this.connection = connection;
        this.policy = policy;
        this.changes = changes;
    }

    @Override
    public String id() {
        return "table";
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public RecordType input() {
        return input;
    }

    @Override
    public boolean inputChanges() {
        return changes;
    }

    @Override
    public Duration outOfOrderness() {
        return Duration.ZERO;
    }

    @Override
    public ErrorPolicy onError() {
        return policy;
    }

    @Override
    public Optional<CheckedExpression> check(Expression expression, Scope scope) {
        Optional<Field> field = scope.fields().field(expression.text());
        if (field.isEmpty()) {
            error("undeclared-name", expression.path(), "no field " + expression.text(), null);
        }
        return field.map(FieldExpression::new);
    }

    @Override
    public <C extends Record> Optional<C> connection(ConnectionRef ref, Class<C> optionsType) {
        return Optional.of(optionsType.cast(connection));
    }

    @Override
    public void error(String code, String optionPath, String message, String hint) {
        errors.add(optionPath + ": " + code + ": " + message + " (" + hint + ")");
    }

    @Override
    public void warning(String code, String optionPath, String message, String hint) {
        warnings.add(optionPath + ": " + code + ": " + message + " (" + hint + ")");
    }

    /** Good enough for these tests: the same length, give or take one, and the same first letter. */
    @Override
    public Optional<String> nearest(String name, List<String> valid) {
        return valid.stream()
                .filter(v -> Math.abs(v.length() - name.length()) <= 1 && v.charAt(0) == name.charAt(0))
                .findFirst();
    }

    @Override
    public RecordType input(PortRef ref) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CheckedExpression> checkCondition(Expression expression, Scope scope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CheckedAggregate> checkAggregate(Expression expression, Scope recordScope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<List<Field>> checkKey(List<String> fields, RecordType of, String optionPath, boolean nullAllowed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeclaredRecord record(RecordRef ref) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Field> checkField(String name, RecordType of, String optionPath) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SourcePlan> source(
            DeclaredRecord record, SourceFormatPlan made, EventTime eventTime, Rate rateLimit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SourcePlan> source(SourceFormat format, EventTime eventTime, Rate rateLimit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SourceFormatPlan> format(SourceFormat format, String optionPath) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SinkFormatPlan> sink(SinkFormat format, RecordType written) {
        throw new UnsupportedOperationException();
    }
}
