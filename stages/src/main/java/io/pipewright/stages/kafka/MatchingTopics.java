package io.pipewright.stages.kafka;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * All partitions of the topics whose whole names match an expression of RE2, without Kafka's internal topics. The connector's
 * own takes an expression of Java's, which may run for ever and is not the one that was checked.
 */
final class MatchingTopics implements KafkaSubscriber {

    private static final long serialVersionUID = 1L;

    private final Pattern pattern;

    MatchingTopics(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient kafka) {
        try {
            List<String> names = kafka.listTopics().names().get().stream()
                    .filter(pattern::matches)
                    .toList();
            return kafka.describeTopics(names).allTopicNames().get().values().stream()
                    .flatMap(MatchingTopics::partitions)
                    .collect(Collectors.toSet());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the topics were listed.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The topics that match `" + pattern + "` could not be listed.", e.getCause());
        }
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }
}
