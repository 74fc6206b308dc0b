package io.pipewright.stages.kafka;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pipewright.spi.expression.RegexSize;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.stages.kafka.KafkaSourceOptions.End;
import io.pipewright.stages.kafka.KafkaSourceOptions.Position;
import io.pipewright.stages.kafka.KafkaSourceOptions.StartFrom;
import io.pipewright.stages.kafka.KafkaSourceOptions.Until;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads topics, each message a record. */
public final class KafkaSourceType implements StageType<KafkaSourceOptions, KafkaSourcePlan> {

    private static final StartFrom COMMITTED = new StartFrom(Position.COMMITTED, null, null);

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SOURCE,
                "kafka",
                "Reads Kafka topics: each message is a record, each offset is in the checkpoint.",
                false,
                true,
                List.of("source", "split"));
    }

    @Override
    public Class<KafkaSourceOptions> optionsType() {
        return KafkaSourceOptions.class;
    }

    @Override
    public Optional<KafkaSourcePlan> plan(KafkaSourceOptions options, PlanContext in) {
        List<String> topics = options.topics() == null ? List.of() : options.topics();
        checkSubscription(options, in);
        if (options.group().isBlank()) {
            in.error("missing-option", "group", "`group` is empty.", "name the consumer group of this pipeline.");
        }
        checkTopics(topics, in);
        checkStart(options.startFrom(), in);
        checkUntil(options.until(), in);
        Map<String, String> refused = ClientProperties.SOURCE.refused(options.properties());
        refused.forEach((name, why) -> in.error(
                "unknown-property", OptionPath.key("properties." + name), why, ClientProperties.SOURCE.hint()));
        KafkaConnectionOptions connection = in.connection(options.connection(), KafkaConnectionOptions.class)
                .orElse(KafkaConnectionOptions.UNKNOWN);
        Optional<SourcePlan> source = in.source(options.format(), options.eventTime(), options.rateLimit());
        if (source.isPresent() && source.get().format().framing() == Framing.LINES_BELOW_HEADER) {
            in.error(
                    "bad-format",
                    "format",
                    "A topic has no first line that could name the columns.",
                    "leave `header` out, and name the columns with `columns` if their order is not that of the fields.");
            return Optional.empty();
        }
        return source.map(plan -> new KafkaSourcePlan(
                KafkaCluster.of(options.connection(), connection),
                topics,
                options.topicPattern(),
                options.group(),
                options.startFrom() == null ? COMMITTED : options.startFrom(),
                options.until(),
                options.properties() == null ? Map.of() : options.properties(),
                plan));
    }

    private static void checkSubscription(KafkaSourceOptions options, PlanContext in) {
        String pattern = options.topicPattern();
        if (pattern == null) {
            if (options.topics() == null || options.topics().isEmpty()) {
                in.error(
                        "missing-option",
                        options.topics() == null ? "" : "topics",
                        "A `kafka` source needs a topic.",
                        "name one: `topics: [events]`.");
            }
        } else if (options.topics() != null) {
            in.error(
                    "conflicting-options",
                    OptionPath.key("topicPattern"),
                    "A `kafka` source has `topics` or `topicPattern`, not both.",
                    "remove one of them.");
        } else {
            checkPattern(pattern, in);
        }
    }

    private static void checkPattern(String pattern, PlanContext in) {
        if (!RegexSize.fits(pattern)) {
            in.error(
                    "bad-value",
                    "topicPattern",
                    "The expression would be too large with its repetitions written out.",
                    "repeat less often, or use `*` and `+`.");
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            in.error(
                    "bad-value",
                    "topicPattern",
                    "`" + pattern + "` is not a regular expression: " + e.getDescription() + ".",
                    "write one in the syntax of RE2 that matches whole names, such as `orders-(eu|us)`.");
        }
    }

    private static void checkTopics(List<String> topics, PlanContext in) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < topics.size(); i++) {
            String topic = topics.get(i);
            if (!seen.add(topic)) {
                in.error("duplicate-topic", "topics[" + i + "]", "`" + topic + "` is named twice.", "leave one out.");
            }
            TopicNames.check(topic, "topics[" + i + "]", in);
        }
    }

    private static void checkStart(@Nullable StartFrom start, PlanContext in) {
        if (start == null) {
            return;
        }
        boolean timed = start.at() == Position.TIMESTAMP;
        if (timed && start.time() == null) {
            in.error(
                    "missing-option",
                    "startFrom",
                    "`at: timestamp` needs a `time`.",
                    "add one, such as `time: 2024-05-01T00:00:00Z`.");
        } else if (!timed && start.time() != null) {
            in.error(
                    "useless-option",
                    OptionPath.key("startFrom.time"),
                    "`time` goes with `at: timestamp` alone.",
                    "leave it out.");
        } else if (start.at() != Position.COMMITTED && start.orElse() != null) {
            in.error(
                    "useless-option",
                    OptionPath.key("startFrom.orElse"),
                    "`orElse` goes with `at: committed` alone.",
                    "leave it out.");
        }
    }

    private static void checkUntil(@Nullable Until until, PlanContext in) {
        if (until == null || (until.at() == End.TIMESTAMP) == (until.time() != null)) {
            return;
        }
        if (until.time() == null) {
            in.error(
                    "missing-option",
                    "until",
                    "`at: timestamp` needs a `time`.",
                    "add one, such as `time: 2024-05-01T00:00:00Z`.");
        } else {
            in.error(
                    "useless-option",
                    OptionPath.key("until.time"),
                    "`time` goes with `at: timestamp` alone.",
                    "leave it out.");
        }
    }

    @Override
    public Set<MetaField> meta() {
        return EnumSet.allOf(MetaField.class);
    }

    @Override
    public Supplier<StageBuilder<KafkaSourcePlan>> builder() {
        return () -> new KafkaSourceBuilder();
    }

    @Override
    public Optional<Supplier<OutsideCheck<KafkaSourcePlan>>> outsideCheck() {
        return Optional.of(() -> plan -> new TopicCheck(plan.cluster()).check(plan.topics()));
    }
}
