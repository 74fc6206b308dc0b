package io.pipewright.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a flight recording says that the time went, by rooms of the job. It has Java code alone: what the collector and
 * the compiler use is in no sample.
 */
final class Profile {

    private static final int TOP = 8;
    private static final int FRAMES = 3;

    /** What a job does, and the beginnings of the names of the classes that do it. */
    enum Room {
        FEED("io.pipewright.bench.feed."),
        PARSE(
                "com.fasterxml.jackson.",
                "io.pipewright.stages.json.",
                "io.pipewright.flink.source.EventTimeDecoder",
                "io.pipewright.bench.contender.ParseFunction"),
        EXCHANGE(
                "org.apache.flink.runtime.io.network.",
                "org.apache.flink.streaming.runtime.io.RecordWriterOutput",
                "org.apache.flink.streaming.runtime.io.AbstractStreamTaskNetworkInput",
                "org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer"),
        ENRICH(
                "io.pipewright.stages.enrich.",
                "io.pipewright.bench.contender.CustomerJoin",
                "org.apache.flink.table.runtime.operators.join.",
                "org.apache.flink.table.runtime.operators.deduplicate."),
        WINDOW(
                "io.pipewright.stages.window.",
                "org.apache.flink.streaming.runtime.operators.windowing.",
                "org.apache.flink.table.runtime.operators.window.",
                "org.apache.flink.table.runtime.operators.aggregate."),
        PATTERN(
                "io.pipewright.stages.cep.",
                "org.apache.flink.cep.",
                "org.apache.flink.table.runtime.operators.match."),
        OTHER;

        private final List<String> prefixes;

        Room(String... prefixes) {
            this.prefixes = List.of(prefixes);
        }

        /** The room of the innermost frame that belongs to one; type names are outermost first. */
        static Room of(List<String> innermostFirst) {
            for (String type : innermostFirst) {
                for (Room room : values()) {
                    if (room.prefixes.stream().anyMatch(type::startsWith)) {
                        return room;
                    }
                }
            }
            return OTHER;
        }
    }

    private final Map<Room, Long> rooms = new EnumMap<>(Room.class);
    private final Map<String, Long> stacks = new HashMap<>();
    private long samples;

    private Profile() {}

    static Profile read(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                RecordedStackTrace stack = event.getStackTrace();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && stack != null) {
                    profile.add(stack.getFrames());
                }
            }
        }
        return profile;
    }

    private void add(List<RecordedFrame> frames) {
        samples++;
        Room room = Room.of(frames.stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList());
        rooms.merge(room, 1L, Long::sum);
        StringBuilder top = new StringBuilder(label(room));
        frames.stream().limit(FRAMES).forEach(frame -> top.append(" < ")
                .append(simple(frame.getMethod().getType().getName()))
                .append('.')
                .append(frame.getMethod().getName()));
        stacks.merge(top.toString(), 1L, Long::sum);
    }

    private static String label(Room room) {
        return room.name().toLowerCase(Locale.ROOT);
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The shares of the rooms, and the stacks seen most. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rooms.entrySet().stream()
                .sorted(Map.Entry.<Room, Long>comparingByValue(Comparator.reverseOrder()))
                .forEach(e -> text.append(line(label(e.getKey()), e.getValue())));
        stacks.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(TOP)
                .forEach(e -> text.append("  ").append(line(e.getKey(), e.getValue())));
        return text.toString();
    }

    private String line(String what, long count) {
        return String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * count / samples, what);
    }
}
