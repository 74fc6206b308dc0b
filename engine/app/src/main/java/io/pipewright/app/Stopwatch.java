package io.pipewright.app;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** When, in seconds since its start, something first happened. */
final class Stopwatch {

    private final long begun = System.nanoTime();
    private final Map<String, Double> laps = new LinkedHashMap<>();

    /** Notes the time of an event, the first time it happens. */
    synchronized void lap(String event) {
        laps.putIfAbsent(event, seconds());
    }

    double seconds() {
        return Math.round((System.nanoTime() - begun) / 1e7) / 100.0;
    }

    synchronized Map<String, Double> laps() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(laps));
    }
}
