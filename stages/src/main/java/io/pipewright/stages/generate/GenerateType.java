package io.pipewright.stages.generate;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Scalar;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The {@code generate} source: makes records from a seed. */
public final class GenerateType implements StageType<GenerateOptions, GeneratePlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SOURCE,
                "generate",
                "Makes records from a seed, the same ones in every run; with `count` the job ends.",
                false,
                true,
                List.of("source", "split"));
    }

    @Override
    public Class<GenerateOptions> optionsType() {
        return GenerateOptions.class;
    }

    @Override
    public Optional<GeneratePlan> plan(GenerateOptions options, PlanContext in) {
        DeclaredRecord record = in.record(options.record());
        checkStart(options.start(), in);
        GeneratedRecords records = new GeneratedRecords(
                options.seed(),
                options.start().getEpochSecond() * 1_000 + options.start().getNano() / 1_000_000,
                options.step().toMillis(),
                options.disorder().toMillis(),
                fields(options, record, in));
        return in.source(record, records, options.eventTime(), options.rateLimit())
                .map(source -> new GeneratePlan(source, records, options.count()));
    }

    private static void checkStart(Instant start, PlanContext in) {
        if (!GeneratedRecords.isTimestamp(start)) {
            in.error(
                    "out-of-range",
                    "start",
                    "`" + start + "` is no time for a first record.",
                    "write one of the years 1 to 9999, such as `2026-01-01T00:00:00Z`.");
        }
    }

    private static Map<String, CheckedExpression> fields(
            GenerateOptions options, DeclaredRecord record, PlanContext in) {
        Map<String, CheckedExpression> fields = new LinkedHashMap<>();
        options.fields().forEach((name, expression) -> {
            Optional<Field> field = in.checkField(name, record.type(), OptionPath.key("fields." + name));
            Optional<CheckedExpression> value = in.check(expression, GeneratedRecords.SCOPE);
            if (field.isPresent() && value.isPresent()) {
                checkValue(field.get(), value.get(), in);
                fields.put(name, value.get());
            }
        });
        return fields;
    }

    private static void checkValue(Field field, CheckedExpression value, PlanContext in) {
        String path = "fields." + field.name();
        if (!fits(value.type(), field.type())) {
            in.error(
                    "type-mismatch",
                    path,
                    "`" + field.name() + "` is `" + field.type().text() + "`, and `" + value.text() + "` is a `"
                            + value.type().text() + "`.",
                    "write an expression of that type, or leave the field out for random values.");
        } else if (value.nullable() && !field.nullable()) {
            in.error(
                    "null-not-handled",
                    path,
                    "`" + value.text() + "` may be null, and `" + field.name() + "` may not.",
                    "give another value with `orElse`, or declare the field with a `?`.");
        }
    }

    private static boolean fits(DataType value, DataType field) {
        return value.equals(field)
                || (value == Scalar.LONG && (field == Scalar.INT || field == Scalar.DOUBLE || field == Scalar.DECIMAL));
    }

    @Override
    public Set<MetaField> meta() {
        return EnumSet.of(MetaField.OFFSET, MetaField.TIMESTAMP);
    }

    @Override
    public Supplier<StageBuilder<GeneratePlan>> builder() {
        return () -> new GenerateBuilder();
    }
}
