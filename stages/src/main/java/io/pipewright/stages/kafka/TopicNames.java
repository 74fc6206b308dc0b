package io.pipewright.stages.kafka;

import io.pipewright.spi.stage.PlanContext;
import java.util.regex.Pattern;

/** Kafka's rule for names of topics: 1 to 249 letters, digits, dots, underscores and hyphens; not {@code .} or {@code ..}. */
final class TopicNames {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private TopicNames() {}

    static boolean check(String topic, String optionPath, PlanContext in) {
        if (topic.contains("${") || (LEGAL.matcher(topic).matches() && !topic.matches("\\.{1,2}"))) {
            return true;
        }
        in.error(
                "bad-topic",
                optionPath,
                "`" + topic + "` cannot be the name of a topic.",
                "use at most 249 letters, digits, `.`, `_` and `-`.");
        return false;
    }
}
