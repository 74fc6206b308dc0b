package io.pipewright.sandbox.cxone;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Plans the records on time of one round: profiles first, then scenarios of customers among a crowd of single events. */
final class RoundPlan {
    private static final long WITHIN = 30_000;
    private static final int RECENT = 200;

    private final GeneratorOptions options;
    private final Random random;
    private final Customers customers;
    private final Timeline timeline;
    private final EventWriter writer;
    private final double step;
    private final List<PlannedRecord> planned = new ArrayList<>();
    private double cursor;

    RoundPlan(GeneratorOptions options, Random random, Customers customers, Timeline timeline, EventWriter writer) {
        this.options = options;
        this.random = random;
        this.customers = customers;
        this.timeline = timeline;
        this.writer = writer;
        this.step = 1_000.0 / options.eventsPerSecond();
    }

    /** As many records as asked for, from a time on; at the end one event in every partition, after all others. */
    List<PlannedRecord> records(long start, int count, boolean profilesFirst) {
        cursor = start;
        int quota = count - options.partitions();
        if (profilesFirst) {
            profiles(quota / 5);
        }
        while (planned.size() < quota) {
            single();
        }
        planned.sort(Comparator.comparingLong(PlannedRecord::time));
        List<PlannedRecord> kept = new ArrayList<>(planned.subList(0, quota));
        long end = kept.get(quota - 1).time() + 1;
        for (int p = 0; p < options.partitions(); p++) {
            kept.add(writer.interaction(timeline.claim(end), customers.in(p), "SUCCESS"));
        }
        kept.sort(Comparator.comparingLong(PlannedRecord::sentAt));
        return kept;
    }

    /** Six customers of ten are known before they call; some of the others later, some never. */
    private void profiles(int most) {
        for (String customer : customers.all()) {
            if (planned.size() < most && random.nextInt(10) < 6) {
                add(writer.update(tick(), customer));
            }
        }
    }

    private long tick() {
        long time = timeline.claim((long) cursor);
        cursor += step;
        return time;
    }

    private void add(PlannedRecord r) {
        planned.add(r);
    }

    /** One record, or one scenario, of a kind that chance picks; the numbers are thousandths. */
    private void single() {
        int n = random.nextInt(1_000);
        if (n < 70) {
            scenario();
        } else if (n < 100) {
            add(writer.update(tick(), customers.any()));
        } else if (n < 115) {
            add(writer.malformed(tick()));
        } else if (n < 119) {
            add(writer.farFuture(tick()));
        } else if (n < 125) {
            add(writer.blank(tick()));
        } else if (n < 145) {
            duplicate();
        } else if (n < 149) {
            add(writer.untimedUpdate(tick(), customers.any()));
        } else if (n < 160) {
            add(writer.incomplete(tick()));
        } else if (n < 210) {
            add(writer.anonymous(tick()));
        } else {
            crowd();
        }
    }

    /** Single events keep away from customers in the middle of a scenario: they would nearly always spoil it. */
    private void crowd() {
        long time = tick();
        String customer = customers.free(time);
        if (customer == null) {
            add(writer.anonymous(time));
        } else {
            add(writer.interaction(time, customer, writer.anyStatus()));
        }
    }

    private void duplicate() {
        PlannedRecord original = planned.isEmpty()
                ? null
                : planned.get(planned.size() - 1 - random.nextInt(Math.min(RECENT, planned.size())));
        if (original == null || original.kind() != RecordKind.INTERACTION) {
            crowd();
        } else {
            add(writer.duplicate(original));
            cursor += step;
        }
    }

    private void scenario() {
        long start = (long) cursor;
        String customer = customers.free(start);
        if (customer == null) {
            crowd();
            return;
        }
        Scenario scenario = Scenario.any(random);
        String steps = scenario.steps();
        long distance = steps.contains("!") ? WITHIN : steps.contains("-") ? WITHIN - 1 : 0;
        long first = distance == 0 ? timeline.claim(start) : timeline.claimPair(start, distance);
        long last = first;
        char mark = ' ';
        for (int i = 0; i < steps.length(); i++) {
            char c = steps.charAt(i);
            if (!Character.isLetter(c)) {
                mark = c;
                continue;
            }
            if (i > 0) {
                last = next(mark, first, last, distance, scenario.gap(random));
            }
            add(step(c, last, customer));
            cursor += step;
            mark = ' ';
        }
        customers.hold(customer, last);
    }

    private long next(char mark, long first, long last, long distance, int gap) {
        return switch (mark) {
            case '=' -> last;
            case '!', '-' -> first + distance;
            case '+' -> timeline.claim(first + WITHIN + 5_000 + random.nextInt(10_000));
            default -> timeline.claim(last + gap);
        };
    }

    private PlannedRecord step(char letter, long time, String customer) {
        return switch (letter) {
            case 'F' -> writer.interaction(time, customer, "FAILURE");
            case 'C' -> writer.interaction(time, customer, "CALLBACK_REQUEST");
            case 'S' -> writer.interaction(time, customer, "SUCCESS");
            default -> writer.update(time, customer);
        };
    }
}
