package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.stage.StageInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows event time from the sources on, and finds the sources that lack it. */
final class EventTimes {

    private final DiagnosticCollector problems;
    private final Map<String, Duration> outOfOrderness = new LinkedHashMap<>();
    private final Map<String, List<EntryDefinition>> untimed = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();

    EventTimes(DiagnosticCollector problems) {
        this.problems = problems;
    }

    /**
     * Adds an entry after those that it reads.
     *
     * @param reads the entries that it reads, of those that were planned
     * @param time how a source gives event time
     */
    void add(EntryDefinition entry, Collection<String> reads, Optional<EventTime> time) {
        outOfOrderness.put(entry.id(), time.map(EventTime::outOfOrderness).orElse(outOfOrderness(reads)));
        if (entry.type().info().needsEventTime()) {
            return; // what it lacks was told
        }
        boolean source = entry.kind() == StageInfo.Kind.SOURCE;
        List<EntryDefinition> own = source && time.isEmpty() ? List.of(entry) : List.of();
        untimed.put(entry.id(), source ? own : untimed(reads));
    }

    /** The largest out-of-orderness of the sources above some entries. */
    Duration outOfOrderness(Collection<String> reads) {
        return reads.stream()
                .map(id -> outOfOrderness.getOrDefault(id, Duration.ZERO))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Reports, once each, the sources without event time whose records come to an entry that works in it. */
    void check(EntryDefinition entry, Collection<String> reads) {
        if (!entry.type().info().needsEventTime()) {
            return;
        }
        for (EntryDefinition source : untimed(reads)) {
            if (told.add(source.id())) {
                problems.error(
                        "no-event-time",
                        source.place().key(),
                        "`" + entry.id() + "` works in event time, and `" + source.id() + "` gives its records none.",
                        "add `eventTime`, such as `eventTime: {field: at, outOfOrderness: 2s}`.");
            }
        }
    }

    private List<EntryDefinition> untimed(Collection<String> reads) {
        List<EntryDefinition> sources = new ArrayList<>();
        reads.forEach(id -> sources.addAll(untimed.getOrDefault(id, List.of())));
        return sources.stream().distinct().toList();
    }
}
