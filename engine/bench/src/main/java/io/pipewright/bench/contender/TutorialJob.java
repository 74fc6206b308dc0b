package io.pipewright.bench.contender;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.bench.contender.Pojos.Alert;
import io.pipewright.bench.contender.Pojos.Customer;
import io.pipewright.bench.contender.Pojos.DeadLetter;
import io.pipewright.bench.contender.Pojos.Enriched;
import io.pipewright.bench.contender.Pojos.Interaction;
import io.pipewright.bench.contender.Pojos.Late;
import io.pipewright.bench.contender.Pojos.Volume;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.TallySink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The way of the tutorial that the first pipeline comes from: lines as text, read into a tree by every branch that wants
 * them, customers by a side output of text that is parsed again. Its faults are corrected, or it would compute something
 * else: events have their own times, dead letters do not end the job, volumes have their channel, customers are joined by
 * their id at the time of the event, and the pattern looks at the status.
 */
final class TutorialJob implements ContenderJob {

    private static final OutputTag<String> CUSTOMERS = new OutputTag<>("customer-data") {};
    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    private static final OutputTag<Interaction> LATE = new OutputTag<>("late") {};
    private static final OutputTag<Enriched> LATE_FOR_PATTERN = new OutputTag<>("late-for-pattern") {};

    @Override
    public StreamExecutionEnvironment build(JobPlan plan) {
        StreamExecutionEnvironment env = plan.environment(false);
        SingleOutputStreamOperator<String> checked = plan.lines(env).process(new CheckFunction());
        tally(plan, checked.getSideOutput(DEAD_LETTERS), ResultKind.DEAD_LETTERS, DeadLetter::hash);
        SingleOutputStreamOperator<String> lines = checked.assignTimestampsAndWatermarks(
                JobPlan.<String>watermarks().withTimestampAssigner((line, before) -> time(line)));
        if (plan.part().hasWindow()) {
            volumes(plan, lines);
        }
        if (plan.part().hasPattern()) {
            alerts(plan, lines);
        }
        return env;
    }

    private static void volumes(JobPlan plan, DataStream<String> lines) {
        SingleOutputStreamOperator<Volume> volumes = lines.process(new InteractionFunction())
                .keyBy(interaction -> interaction.channel)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .sideOutputLateData(LATE)
                .aggregate(new VolumeCount<>(), new VolumeRow());
        tally(plan, volumes, ResultKind.VOLUMES, Volume::hash);
        late(plan, volumes.getSideOutput(LATE), "volumes");
    }

    private static void alerts(JobPlan plan, DataStream<String> lines) {
        SingleOutputStreamOperator<Interaction> interactions = lines.process(new InteractionFunction());
        DataStream<Interaction> identified = interactions.filter(i -> i.customerId != null && i.status != null);
        DataStream<Enriched> enriched;
        if (plan.part().hasJoin()) {
            DataStream<Customer> customers =
                    interactions.getSideOutput(CUSTOMERS).map(TutorialJob::customer);
            SingleOutputStreamOperator<Enriched> joined = identified
                    .keyBy(interaction -> interaction.customerId)
                    .connect(customers.keyBy(customer -> customer.customerId))
                    .process(new CustomerJoin(LATE));
            late(plan, joined.getSideOutput(LATE), "enriched");
            enriched = joined;
        } else {
            enriched = identified.map(interaction -> CustomerJoin.enriched(interaction, "", ""));
        }
        SingleOutputStreamOperator<Alert> alerts = FailurePattern.on(enriched, LATE_FOR_PATTERN);
        tally(plan, alerts, ResultKind.ALERTS, Alert::hash);
        if (!plan.part().hasJoin()) {
            late(plan, alerts.getSideOutput(LATE_FOR_PATTERN).map(CustomerJoin::interaction), "repeatedFailures");
        }
    }

    private static void late(JobPlan plan, DataStream<Interaction> late, String stage) {
        tally(plan, late.map(interaction -> Late.of(stage, interaction)), ResultKind.LATE, Late::hash);
    }

    private static <T> void tally(JobPlan plan, DataStream<T> rows, ResultKind kind, TallySink.Hash<T> hash) {
        rows.sinkTo(new TallySink<>(plan.feed(), kind, hash));
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The tutorial's mapper is a static field of each class; it is thread-safe and configured once. */
    private static final class Mapper {
        static final ObjectMapper JSON = mapper();

        private Mapper() {}
    }

    private static long time(String line) {
        return tree(line).path("timestamp").asLong();
    }

    private static JsonNode tree(String line) {
        try {
            return Mapper.JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("a checked line is JSON", e);
        }
    }

    private static Customer customer(String line) {
        JsonNode node = tree(line);
        Customer customer = new Customer();
        customer.customerId = node.path("customerId").asText();
        customer.tier = node.path("tier").asText();
        customer.region = node.path("region").asText();
        customer.timestamp = node.path("timestamp").asLong();
        return customer;
    }

    /** Lets complete events pass as text. */
    private static final class CheckFunction extends ProcessFunction<byte[], String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(byte[] bytes, Context context, Collector<String> out) {
            JsonNode node;
            try {
                node = Mapper.JSON.readTree(bytes);
            } catch (IOException malformed) {
                context.output(DEAD_LETTERS, deadLetter(bytes, true, 0));
                return;
            }
            boolean update = node.path("recordType").asText().equals("customer_update");
            if (update ? node.hasNonNull("tier") : node.hasNonNull("channel")) {
                out.collect(new String(bytes, StandardCharsets.UTF_8));
            } else {
                context.output(
                        DEAD_LETTERS,
                        deadLetter(bytes, false, node.path("timestamp").asLong()));
            }
        }

        private static DeadLetter deadLetter(byte[] bytes, boolean malformed, long timestamp) {
            DeadLetter letter = new DeadLetter();
            letter.raw = bytes;
            letter.malformed = malformed;
            letter.timestamp = timestamp;
            return letter;
        }
    }

    /** Makes interactions of lines, and sends customers away as they are. */
    private static final class InteractionFunction extends ProcessFunction<String, Interaction> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(String line, Context context, Collector<Interaction> out) {
            JsonNode node = tree(line);
            if (node.path("recordType").asText().equals("customer_update")) {
                context.output(CUSTOMERS, line);
                return;
            }
            Interaction interaction = new Interaction();
            interaction.interactionId = node.path("interactionId").asText();
            interaction.customerId = node.path("customerId").textValue();
            interaction.channel = node.path("channel").asText();
            interaction.status = node.path("status").textValue();
            interaction.timestamp = node.path("timestamp").asLong();
            out.collect(interaction);
        }
    }
}
