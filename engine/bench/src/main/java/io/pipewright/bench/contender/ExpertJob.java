package io.pipewright.bench.contender;

import io.pipewright.bench.contender.Pojos.Alert;
import io.pipewright.bench.contender.Pojos.Customer;
import io.pipewright.bench.contender.Pojos.DeadLetter;
import io.pipewright.bench.contender.Pojos.Enriched;
import io.pipewright.bench.contender.Pojos.Event;
import io.pipewright.bench.contender.Pojos.Interaction;
import io.pipewright.bench.contender.Pojos.Late;
import io.pipewright.bench.contender.Pojos.Volume;
import io.pipewright.bench.feed.Part;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.TallySink;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The job that somebody writes who knows Flink well: parses once and streaming, keeps POJOs, reuses objects, aggregates
 * incrementally, joins by event time with state that holds no more than it must, and uses Flink CEP for the pattern.
 */
final class ExpertJob implements ContenderJob {

    private static final OutputTag<Customer> CUSTOMERS = new OutputTag<>("customers") {};
    private static final OutputTag<Interaction> IDENTIFIED = new OutputTag<>("identified") {};
    private static final OutputTag<Interaction> LATE = new OutputTag<>("late") {};
    private static final OutputTag<Enriched> LATE_FOR_PATTERN = new OutputTag<>("late-for-pattern") {};

    @Override
    public StreamExecutionEnvironment build(JobPlan plan) {
        StreamExecutionEnvironment env = plan.environment(true);
        SingleOutputStreamOperator<Event> parsed =
                plan.lines(env).process(new ParseFunction()).name("parse");
        tally(plan, parsed.getSideOutput(ParseFunction.DEAD_LETTERS), ResultKind.DEAD_LETTERS, DeadLetter::hash);
        SingleOutputStreamOperator<Interaction> interactions = parsed.assignTimestampsAndWatermarks(
                        JobPlan.<Event>watermarks().withTimestampAssigner((event, before) -> event.timestamp))
                .process(new RouteFunction(plan.part()))
                .name("route");
        if (plan.part().hasWindow()) {
            volumes(plan, interactions);
        }
        if (plan.part().hasPattern()) {
            alerts(plan, plan.part().hasJoin() ? joined(plan, interactions) : unjoined(interactions));
        }
        return env;
    }

    private static void volumes(JobPlan plan, DataStream<Interaction> interactions) {
        SingleOutputStreamOperator<Volume> volumes = interactions
                .keyBy(interaction -> interaction.channel)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .sideOutputLateData(LATE)
                .aggregate(new VolumeCount<>(), new VolumeRow())
                .name("volumes");
        tally(plan, volumes, ResultKind.VOLUMES, Volume::hash);
        late(plan, volumes.getSideOutput(LATE), "volumes");
    }

    private static DataStream<Enriched> joined(JobPlan plan, SingleOutputStreamOperator<Interaction> interactions) {
        SingleOutputStreamOperator<Enriched> enriched = interactions
                .getSideOutput(IDENTIFIED)
                .keyBy(interaction -> interaction.customerId)
                .connect(interactions.getSideOutput(CUSTOMERS).keyBy(customer -> customer.customerId))
                .process(new CustomerJoin(LATE))
                .name("enriched");
        late(plan, enriched.getSideOutput(LATE), "enriched");
        return enriched;
    }

    private static DataStream<Enriched> unjoined(SingleOutputStreamOperator<Interaction> interactions) {
        return interactions.getSideOutput(IDENTIFIED).map(i -> CustomerJoin.enriched(i, "", ""));
    }

    private static void alerts(JobPlan plan, DataStream<Enriched> enriched) {
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

    /** Sends each event where it is processed. */
    private static final class RouteFunction extends ProcessFunction<Event, Interaction> {
        private static final long serialVersionUID = 1L;
        private final Part part;

        RouteFunction(Part part) {
            this.part = part;
        }

        @Override
        public void processElement(Event event, Context context, Collector<Interaction> out) {
            if (event.update) {
                if (part.hasJoin()) {
                    context.output(CUSTOMERS, customer(event));
                }
                return;
            }
            Interaction interaction = interaction(event);
            if (part.hasWindow()) {
                out.collect(interaction);
            }
            if (part.hasPattern() && interaction.customerId != null && interaction.status != null) {
                context.output(IDENTIFIED, interaction);
            }
        }

        private static Customer customer(Event event) {
            Customer customer = new Customer();
            customer.customerId = Objects.requireNonNull(event.customerId);
            customer.tier = Objects.requireNonNull(event.tier);
            customer.region = Objects.requireNonNull(event.region);
            customer.timestamp = event.timestamp;
            return customer;
        }

        private static Interaction interaction(Event event) {
            Interaction interaction = new Interaction();
            interaction.interactionId = Objects.requireNonNull(event.interactionId);
            interaction.customerId = event.customerId;
            interaction.channel = Objects.requireNonNull(event.channel);
            interaction.status = event.status;
            interaction.timestamp = event.timestamp;
            return interaction;
        }
    }
}
