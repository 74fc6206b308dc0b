package io.pipewright.stages.top;

import io.pipewright.stages.top.RankOrder.Ranked;
import java.util.ArrayList;
import java.util.List;

/** The first records of one group, from the first rank on. */
final class Ranking {

    private final RankOrder order;
    private final int n;
    private final boolean shared;
    private final List<Ranked> records = new ArrayList<>();

    /** @param shared whether equal records have one rank */
    Ranking(RankOrder order, int n, boolean shared) {
        this.order = order;
        this.n = n;
        this.shared = shared;
    }

    /** A record that has a rank. */
    record Place(Ranked ranked, long rank) {

        /** Whether the other one is the same record at the same rank. */
        boolean isSame(Place other) {
            return ranked == other.ranked && rank == other.rank;
        }
    }

    /** Adds a record behind those that are equal to it, and lets go of those without a rank. */
    void add(Ranked ranked) {
        int place = records.size();
        while (place > 0 && order.compare(ranked, records.get(place - 1)) < 0) {
            place--;
        }
        records.add(place, ranked);
        int end = Math.min(n, records.size());
        while (shared && end < records.size() && order.compare(records.get(end), records.get(n - 1)) == 0) {
            end++;
        }
        records.subList(end, records.size()).clear();
    }

    /** Whether this very record has a rank. */
    boolean has(Ranked ranked) {
        return records.stream().anyMatch(each -> each == ranked);
    }

    /** The records with their ranks. */
    List<Place> places() {
        List<Place> places = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            boolean equal = shared && i > 0 && order.compare(records.get(i), records.get(i - 1)) == 0;
            places.add(new Place(records.get(i), equal ? places.get(i - 1).rank : i + 1));
        }
        return places;
    }
}
