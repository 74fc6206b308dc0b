package io.pipewright.bench.contender;

import io.pipewright.bench.contender.Pojos.Customer;
import io.pipewright.bench.contender.Pojos.Enriched;
import io.pipewright.bench.contender.Pojos.Interaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Adds to an interaction what was known of its customer at its time: both sides wait for the watermark, and a timer at
 * their time then takes them in order. Of a customer one profile is kept, that of the time reached.
 */
final class CustomerJoin extends KeyedCoProcessFunction<String, Interaction, Customer, Enriched> {

    private static final long serialVersionUID = 1L;

    private final OutputTag<Interaction> late;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient ListState<Interaction> waiting;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient ListState<Customer> updates;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient ValueState<Customer> profile;

    CustomerJoin(OutputTag<Interaction> late) {
        this.late = late;
    }

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", Interaction.class));
        updates = getRuntimeContext().getListState(new ListStateDescriptor<>("updates", Customer.class));
        profile = getRuntimeContext().getState(new ValueStateDescriptor<>("profile", Customer.class));
    }

    @Override
    public void processElement1(Interaction interaction, Context context, Collector<Enriched> out) throws Exception {
        if (interaction.timestamp <= context.timerService().currentWatermark()) {
            context.output(late, interaction);
            return;
        }
        waiting.add(interaction);
        context.timerService().registerEventTimeTimer(interaction.timestamp);
    }

    @Override
    public void processElement2(Customer customer, Context context, Collector<Enriched> out) throws Exception {
        if (customer.timestamp <= context.timerService().currentWatermark()) {
            Interaction lost = new Interaction();
            lost.customerId = customer.customerId;
            lost.timestamp = customer.timestamp;
            context.output(late, lost);
            return;
        }
        updates.add(customer);
        context.timerService().registerEventTimeTimer(customer.timestamp);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Enriched> out) throws Exception {
        takeUpdates(time);
        List<Interaction> left = new ArrayList<>();
        boolean any = false;
        for (Interaction interaction : waiting.get()) {
            if (interaction.timestamp > time) {
                left.add(interaction);
            } else {
                any = true;
                Customer known = profile.value();
                out.collect(
                        known == null
                                ? enriched(interaction, "UNKNOWN", "UNKNOWN")
                                : enriched(interaction, known.tier, known.region));
            }
        }
        if (any) {
            keep(waiting, left);
        }
    }

    private void takeUpdates(long time) throws Exception {
        List<Customer> left = new ArrayList<>();
        Customer reached = null;
        for (Customer customer : updates.get()) {
            if (customer.timestamp > time) {
                left.add(customer);
            } else {
                reached = customer;
            }
        }
        if (reached != null) {
            profile.update(reached);
            keep(updates, left);
        }
    }

    private static <T> void keep(ListState<T> state, List<T> left) throws Exception {
        if (left.isEmpty()) {
            state.clear();
        } else {
            state.update(left);
        }
    }

    static Enriched enriched(Interaction interaction, String tier, String region) {
        Enriched enriched = new Enriched();
        enriched.interactionId = interaction.interactionId;
        enriched.customerId = Objects.requireNonNull(interaction.customerId);
        enriched.channel = interaction.channel;
        enriched.status = Objects.requireNonNull(interaction.status);
        enriched.tier = tier;
        enriched.region = region;
        enriched.timestamp = interaction.timestamp;
        return enriched;
    }

    static Interaction interaction(Enriched enriched) {
        Interaction interaction = new Interaction();
        interaction.interactionId = enriched.interactionId;
        interaction.customerId = enriched.customerId;
        interaction.channel = enriched.channel;
        interaction.status = enriched.status;
        interaction.timestamp = enriched.timestamp;
        return interaction;
    }
}
