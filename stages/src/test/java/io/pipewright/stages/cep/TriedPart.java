package io.pipewright.stages.cep;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Times;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import io.pipewright.stages.cep.CepOptions.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step or a group of a {@link TriedPattern}: {@link #option} is what the stage is told of it, {@link PatternByHand} what
 * Flink is told. It is put together by the methods that are named like options, and not changed after that.
 */
final class TriedPart {

    final String id;
    final String letters;
    final List<TriedPart> inside;
    Contiguity contiguity = Contiguity.FOLLOWED_BY;
    int least = 1;
    int most = 1;
    LoopContiguity loop = LoopContiguity.FOLLOWED_BY;
    boolean optional;
    boolean greedy;
    String until = "";
    int untilSize;
    long gap;
    Look look = Look.NONE;
    String lookedAt = "";

    /** How a step looks back at the events of another, or of its own. */
    enum Look {
        NONE(""),
        /** No event fails it. */
        PARITY(" && STEP.map(e, e.number).sum() % 2 == number % 2"),
        /** Fails as long as the step has fewer than two events, and is not met then. */
        SECOND(" && STEP[1].number < number");

        private final String text;

        Look(String text) {
            this.text = text;
        }
    }

    private TriedPart(String id, String letters, List<TriedPart> inside) {
        this.id = id;
        this.letters = letters;
        this.inside = inside;
    }

    /** @param letters of which it takes each; none for every event */
    static TriedPart step(String id, String letters) {
        return new TriedPart(id, letters, List.of());
    }

    static TriedPart group(String id, List<TriedPart> inside) {
        return new TriedPart(id, "", inside);
    }

    TriedPart by(Contiguity followed) {
        contiguity = followed;
        return this;
    }

    /** @param to 0 for no bound */
    TriedPart times(int from, int to) {
        least = from;
        most = to;
        return this;
    }

    TriedPart loop(LoopContiguity looped) {
        loop = looped;
        return this;
    }

    TriedPart optional() {
        optional = true;
        return this;
    }

    TriedPart greedy() {
        greedy = true;
        return this;
    }

    TriedPart until(String ending) {
        until = ending;
        return this;
    }

    /** Ends with the event at which its first step has so many events. */
    TriedPart untilSize(int size) {
        untilSize = size;
        return this;
    }

    /** @param milliseconds 0 for no limit */
    TriedPart gap(long milliseconds) {
        gap = milliseconds;
        return this;
    }

    TriedPart look(Look back, String step) {
        look = back;
        lookedAt = step;
        return this;
    }

    /** The ids of the steps that take events. */
    Stream<String> takers() {
        if (!inside.isEmpty()) {
            return inside.stream().flatMap(TriedPart::takers);
        }
        return negated() ? Stream.of() : Stream.of(id);
    }

    boolean hasGap() {
        return gap > 0 || inside.stream().anyMatch(TriedPart::hasGap);
    }

    private boolean negated() {
        return contiguity == Contiguity.NOT_NEXT || contiguity == Contiguity.NOT_FOLLOWED_BY;
    }

    boolean once() {
        return least == 1 && most == 1;
    }

    /** As options of the stage. */
    Step option(boolean first) {
        List<Step> steps = new ArrayList<>();
        for (TriedPart part : inside) {
            steps.add(part.option(steps.isEmpty()));
        }
        String where = "'" + letters + "'.contains(letter)" + look.text.replace("STEP", lookedAt);
        where = letters.isEmpty() ? (look == Look.NONE ? "" : where.substring(where.indexOf("&&") + 3)) : where;
        String end = untilSize == 0 ? "'" + until + "'.contains(letter)" : "size(" + firstTaker() + ") >= " + untilSize;
        return new Step(
                id,
                where.isEmpty() ? null : new Expression(where, id + ".where"),
                inside.isEmpty() ? null : steps,
                first ? null : contiguity,
                once() ? null : new Times(least, most == 0 ? null : (Integer) most),
                once() || loop == LoopContiguity.FOLLOWED_BY ? null : loop,
                optional,
                greedy,
                until.isEmpty() && untilSize == 0 ? null : new Expression(end, id + ".until"),
                gap == 0 ? null : Duration.ofMillis(gap));
    }

    String firstTaker() {
        return takers().findFirst().orElse(id);
    }

    /** Whether it says which events must not come. */
    boolean isNegated() {
        return negated();
    }

    boolean endsWithLimit() {
        return contiguity == Contiguity.NOT_FOLLOWED_BY;
    }

    boolean isOptional() {
        return optional;
    }

    boolean isGroup() {
        return !inside.isEmpty();
    }

    /** Whether the same events can be distributed over its repetitions in several ways, each of which is a match. */
    boolean isAmbiguous() {
        return inside.stream().anyMatch(part -> part.isAmbiguous() || (!once() && part.varies()));
    }

    private boolean varies() {
        return most != least || optional || inside.stream().anyMatch(TriedPart::varies);
    }

    /** Whether its letters alone decide on an event, and it takes this one. */
    boolean surelyTakes(char letter) {
        return inside.isEmpty() && look == Look.NONE && (letters.isEmpty() || letters.indexOf(letter) >= 0);
    }

    /**
     * What is wrong with these being all of its events, by what it says itself; empty if nothing is.
     *
     * @param all the letters of all events of the key, by their numbers
     */
    String breachOf(List<Integer> events, String all) {
        int first = events.get(0);
        int last = events.get(events.size() - 1);
        if (inside.isEmpty()) {
            if (events.size() < least || (most > 0 && events.size() > most)) {
                return id + " has " + events.size() + " events";
            }
            if (loop == LoopContiguity.NEXT && last - first + 1 > events.size()) {
                return id + " has others between its events";
            }
            for (int event : events) {
                if (!letters.isEmpty() && letters.indexOf(all.charAt(event)) < 0) {
                    return id + " took " + all.charAt(event);
                }
            }
        }
        for (int i = first; i <= last && untilSize == 0; i++) {
            if (until.indexOf(all.charAt(i)) >= 0) {
                return id + " went on after " + until;
            }
        }
        return "";
    }

    /** What is wrong with its first event coming after another one; empty if nothing is. */
    String breachOfContiguity(int before, int first) {
        if (gap > 0 && (first - before) * 10L >= gap) {
            return id + " is too late";
        }
        return contiguity == Contiguity.NEXT && first != before + 1 ? id + " is not next" : "";
    }

    /** What is wrong with its not having come between two events; empty if nothing is. */
    String breachOfNegation(int before, int after, String all) {
        int end = contiguity == Contiguity.NOT_NEXT ? Math.min(before + 2, all.length()) : after;
        for (int i = before + 1; i < end; i++) {
            if (surelyTakes(all.charAt(i))) {
                return id + " came";
            }
        }
        return "";
    }

    boolean isGreedy() {
        return greedy && until.isEmpty() && untilSize == 0;
    }

    @Override
    public String toString() {
        return id + "(" + contiguity + " " + letters + inside + " x " + least + ".." + most + " " + loop
                + (optional ? " optional" : "") + (greedy ? " greedy" : "")
                + (until.isEmpty() ? "" : " until " + until) + (untilSize == 0 ? "" : " untilSize " + untilSize)
                + (gap == 0 ? "" : " gap " + gap) + (look == Look.NONE ? "" : " " + look + " " + lookedAt) + ")";
    }
}
