package io.pipewright.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates topics and users, reads them whole, and knows how far a consumer group has come. */
public final class SandboxTopics implements AutoCloseable {
    private static final long SECONDS = 60;

    private final String bootstrapServers;
    private final Admin admin;

    /** Talks to the given broker. */
    public SandboxTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers));
    }

    /** Creates a topic with one replica, and waits until the broker knows it; leaves one that exists as it is. */
    public void create(String topic, int partitions) {
        NewTopic newTopic = new NewTopic(topic, partitions, (short) 1).configs(Map.of("retention.ms", "-1"));
        try {
            admin.createTopics(List.of(newTopic)).all().get(SECONDS, TimeUnit.SECONDS);
            // Kafka's controller has answered, and tells its broker in a moment.
            Poll.until(
                    "the broker knows topic " + topic,
                    Duration.ofSeconds(SECONDS),
                    () -> partitions(topic).size() == partitions);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new SandboxException("Cannot create topic " + topic + ": " + e.getCause(), e);
            }
        } catch (InterruptedException | TimeoutException e) {
            throw noAnswer("create topic " + topic, e);
        }
    }

    /** Deletes a topic; the broker frees its files a while later. */
    public void delete(String topic) {
        answer("delete topic " + topic, admin.deleteTopics(List.of(topic)).all());
    }

    /** Lets a user log in by each SCRAM mechanism. */
    public void addScramUser(KafkaServer.Login login) {
        // One request each: Kafka refuses one that alters a user twice.
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            UserScramCredentialAlteration addition = new UserScramCredentialUpsertion(
                    login.user(), new ScramCredentialInfo(mechanism, 4096), login.password());
            answer(
                    "add user " + login.user(),
                    admin.alterUserScramCredentials(List.of(addition)).all());
        }
    }

    /** The number of records that each partition of a topic holds, by partition. */
    public Map<Integer, Long> endOffsets(String topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions(topic).forEach(p -> latest.put(p, OffsetSpec.latest()));
        Map<Integer, Long> ends = new HashMap<>();
        answer("ask for the end of topic " + topic, admin.listOffsets(latest).all())
                .forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
        return ends;
    }

    /** The offsets that a group has committed, by partition; without those that have none. */
    public Map<Integer, Long> committed(String group, String topic) {
        Map<Integer, Long> offsets = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed = answer(
                "ask for the offsets of group " + group,
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        committed.forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets;
    }

    /** All records that a topic holds now, partition by partition in the order of their offsets. */
    public List<TopicRecord> read(String topic) {
        List<TopicRecord> records = new ArrayList<>();
        forEach(topic, records::add);
        return records;
    }

    /** Hands out all records that a topic holds now, in the order of {@link #read}, without keeping them. */
    public void forEach(String topic, Consumer<TopicRecord> each) {
        Map<Integer, Long> ends = endOffsets(topic);
        List<TopicPartition> partitions = partitions(topic);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = ends.getOrDefault(partition.partition(), 0L);
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(200)).forEach(r -> each.accept(toRecord(r)));
                    if (System.nanoTime() > deadline) {
                        throw new SandboxException("Cannot read topic " + topic + " to its end within 60 s.");
                    }
                }
            }
        }
    }

    private static TopicRecord toRecord(ConsumerRecord<byte[], byte[]> r) {
        String key = r.key() == null ? null : new String(r.key(), StandardCharsets.UTF_8);
        byte[] value = r.value() == null ? new byte[0] : r.value();
        return new TopicRecord(r.partition(), r.offset(), key, value, r.timestamp());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(String topic) {
        int count = answer(
                        "describe topic " + topic,
                        admin.describeTopics(List.of(topic)).allTopicNames())
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
        return IntStream.range(0, count)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
    }

    private static <T> T answer(String what, KafkaFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new SandboxException("Cannot " + what + ": " + e.getCause(), e);
        } catch (InterruptedException | TimeoutException e) {
            throw noAnswer(what, e);
        }
    }

    private static SandboxException noAnswer(String what, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new SandboxException("Cannot " + what + ": no answer from Kafka within 60 s.", e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
