package io.pipewright.stages.lookup;

import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.stage.AddedRecord;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraAnswersPlanner;
import io.pipewright.stages.http.HttpAnswersPlanner;
import io.pipewright.stages.lookup.LookupOptions.Cassandra;
import io.pipewright.stages.lookup.LookupOptions.Http;
import io.pipewright.stages.lookup.LookupOptions.Retry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code lookup} stage: adds to each record what a server says of it. */
public final class LookupType implements StageType<LookupOptions, LookupPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "lookup",
                "Adds to each record what a server, asked by a key, says of it.",
                false,
                true,
                List.of(LookupBuilder.ROLE));
    }

    @Override
    public Class<LookupOptions> optionsType() {
        return LookupOptions.class;
    }

    @Override
    public Optional<LookupPlan> plan(LookupOptions options, PlanContext in) {
        checkSome(options, in);
        Retry retry = options.retry() == null ? Retry.DEFAULT : options.retry();
        retry.rules().check(Retry.DEFAULT.maxBackoff(), in);
        Optional<ComputedFields> key = ComputedFields.check(options.key(), "key", in.scope(), in);
        RecordType answer = answer(options, in);
        Optional<AnswerSource> source = key.flatMap(fields -> source(options, LookupPlan.question(fields), in));
        if (!AddedRecord.checkName(options.name(), "the answer", in.input(), in)) {
            return Optional.empty();
        }
        Scope scope = LookupPlan.scope(in.scope().fields(), options.name(), answer, options.missing());
        Optional<ComputedFields> added = ComputedFields.check(options.add(), "add", scope, in);
        if (key.isEmpty() || added.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LookupPlan(
                in.id(),
                in.input(),
                source.orElseGet(UnknownSource::new),
                key.get(),
                options.name(),
                answer,
                options.missing(),
                added.get(),
                options.cache(),
                options.capacity(),
                retry));
    }

    /** Expressions alone read an answer, and they cannot name what is unknown. */
    private static RecordType answer(LookupOptions options, PlanContext in) {
        RecordRef record = options.server() instanceof Cassandra cassandra
                ? cassandra.record()
                : ((Http) options.server()).format().record();
        return KeptFields.without(in.record(record).type());
    }

    private static Optional<AnswerSource> source(LookupOptions options, RecordType question, PlanContext in) {
        if (options.server() instanceof Cassandra cassandra) {
            return new CassandraAnswersPlanner(in, options.timeout(), options.capacity())
                    .plan(
                            cassandra.connection(),
                            cassandra.table(),
                            in.record(cassandra.record()),
                            cassandra.consistency().name(),
                            question);
        }
        Http http = (Http) options.server();
        return new HttpAnswersPlanner(in, options.timeout(), options.capacity())
                .plan(http.connection(), http.path(), http.headers(), http.format(), question);
    }

    /** Stands for a server that could not be planned, in a plan that is never built. */
    private record UnknownSource() implements AnswerSource {
        @Override
        public AnswerClient open(String stage) {
            throw new IllegalStateException("`" + stage + "` was planned with errors.");
        }

        @Override
        public String server() {
            return "nobody";
        }
    }

    private static void checkSome(LookupOptions options, PlanContext in) {
        if (options.key().isEmpty()) {
            in.error("empty-map", "key", "`lookup` asks for nothing.", "add what is asked, such as `id: customerId`.");
        }
        if (options.add().isEmpty()) {
            in.error(
                    "empty-map",
                    "add",
                    "`lookup` needs at least one field to add.",
                    "add one, for example `tier: " + options.name() + ".tier`.");
        }
    }

    @Override
    public Optional<Supplier<OutsideCheck<LookupPlan>>> outsideCheck() {
        return Optional.of(() -> plan -> plan.source().check(plan.id()));
    }

    @Override
    public Supplier<StageBuilder<LookupPlan>> builder() {
        return () -> new LookupBuilder();
    }
}
