package io.pipewright.stages.kafka;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.kafka.KafkaSinkOptions.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes records to a topic. */
public final class KafkaSinkType implements StageType<KafkaSinkOptions, KafkaSinkPlan> {

    /** The longest a transaction may be open; brokers allow no more unless they are told to. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SINK,
                "kafka",
                "Writes each record as a message to a Kafka topic.",
                false,
                true,
                List.of("encode", "writer"));
    }

    @Override
    public Class<KafkaSinkOptions> optionsType() {
        return KafkaSinkOptions.class;
    }

    @Override
    public Optional<KafkaSinkPlan> plan(KafkaSinkOptions options, PlanContext in) {
        checkTransactions(options, in);
        boolean topicFits = TopicNames.check(options.topic(), "topic", in);
        Map<String, String> refused = ClientProperties.SINK.refused(options.properties());
        refused.forEach((name, why) ->
                in.error("unknown-property", OptionPath.key("properties." + name), why, ClientProperties.SINK.hint()));
        Optional<KafkaConnectionOptions> connection = in.connection(options.connection(), KafkaConnectionOptions.class);
        Optional<SinkFormatPlan> format = in.sink(options.format(), in.input());
        Expression written = options.key();
        Optional<CheckedExpression> key = written == null ? Optional.empty() : key(written, in);
        if (format.isPresent() && format.get().framing() == Framing.LINES_BELOW_HEADER) {
            in.error(
                    "bad-format",
                    "format",
                    "A topic has no first line that could name the columns.",
                    "leave `header` out.");
            return Optional.empty();
        }
        if (!topicFits || !refused.isEmpty() || (written != null && key.isEmpty())) {
            return Optional.empty();
        }
        return connection.flatMap(found -> format.map(plan -> new KafkaSinkPlan(
                KafkaCluster.of(options.connection(), found),
                options.topic(),
                key.orElse(null),
                plan,
                options.delivery(),
                options.properties() == null ? Map.of() : options.properties(),
                in.input())));
    }

    /** A checkpoint ends a transaction. */
    private static void checkTransactions(KafkaSinkOptions options, PlanContext in) {
        if (options.delivery() != Delivery.EXACTLY_ONCE) {
            return;
        }
        Optional<Duration> timeout = in.checkpointTimeout();
        Optional<String> endless = in.endlessSource();
        if (timeout.isEmpty() && endless.isPresent()) {
            in.error(
                    "missing-option",
                    "delivery",
                    "With `exactlyOnce` a checkpoint publishes what was written, and there are no checkpoints, while `"
                            + endless.get() + "` never ends.",
                    "add `checkpoint: {every: 10s}` to `runtime`, or write `atLeastOnce`.");
        } else if (timeout.isPresent() && timeout.get().compareTo(TRANSACTION_TIMEOUT) >= 0) {
            in.error(
                    "out-of-range",
                    "delivery",
                    "With `exactlyOnce` a transaction is open until a checkpoint is done, 15m at most, and the timeout of"
                            + " checkpoints is not shorter.",
                    "let `runtime.checkpoint.timeout` be less than 15m, or write `atLeastOnce`.");
        }
    }

    private static Optional<CheckedExpression> key(Expression written, PlanContext in) {
        Optional<CheckedExpression> key = in.check(written, in.scope());
        if (key.isPresent() && !(key.get().type() instanceof Scalar)) {
            in.error(
                    "type-mismatch",
                    "key",
                    "A key is one value, and this is `" + key.get().type().text() + "`.",
                    "name a field such as a string or a number.");
            return Optional.empty();
        }
        return key;
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<KafkaSinkPlan>> builder() {
        return () -> new KafkaSinkBuilder();
    }

    @Override
    public Optional<Supplier<OutsideCheck<KafkaSinkPlan>>> outsideCheck() {
        return Optional.of(() -> plan -> new TopicCheck(plan.cluster()).check(List.of(plan.topic())));
    }
}
