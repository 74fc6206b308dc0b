package io.pipewright.bench.feed;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The folder in which each subtask of a source and a sink leaves one line of what it counted when it ends. */
public final class ResultFolder {

    private final Path folder;

    private ResultFolder(Path folder) {
        this.folder = folder;
    }

    public static ResultFolder of(FeedRun run) {
        return new ResultFolder(Path.of(run.results()));
    }

    /**
     * What a run came to.
     *
     * @param events that sources sent
     * @param nanos from the opening of the first source to the end of the last sink
     * @param cpuNanos of the process in that time
     */
    public record Outcome(long events, long nanos, long cpuNanos, Map<ResultKind, Tally> tallies) {}

    /** Says how many events a source sent, and when it was opened. */
    public void leaveSource(int subtask, long events, Stopclock opened) throws IOException {
        leave("source-" + subtask, events + " " + opened.nanos() + " " + opened.cpuNanos());
    }

    /** Says what a sink got, and when it ended. */
    public void leaveSink(ResultKind kind, Tally tally, Stopclock ended) throws IOException {
        leave(
                "sink-" + UUID.randomUUID(),
                kind + " " + tally.rows() + " " + tally.checksum() + " " + ended.nanos() + " " + ended.cpuNanos());
    }

    private void leave(String name, String line) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), line);
    }

    /** Adds up what all left. */
    public Outcome read() throws IOException {
        long events = 0;
        long begin = Long.MAX_VALUE;
        long cpuBegin = Long.MAX_VALUE;
        for (String[] source : lines("source-*")) {
            events += Long.parseLong(source[0]);
            begin = Math.min(begin, Long.parseLong(source[1]));
            cpuBegin = Math.min(cpuBegin, Long.parseLong(source[2]));
        }
        Map<ResultKind, Tally> tallies = new EnumMap<>(ResultKind.class);
        long end = begin;
        long cpuEnd = cpuBegin;
        for (String[] sink : lines("sink-*")) {
            tallies.merge(ResultKind.valueOf(sink[0]), new Tally(Long.parseLong(sink[1]), sink[2]), Tally::plus);
            end = Math.max(end, Long.parseLong(sink[3]));
            cpuEnd = Math.max(cpuEnd, Long.parseLong(sink[4]));
        }
        return new Outcome(events, end - begin, cpuEnd - cpuBegin, tallies);
    }

    private List<String[]> lines(String pattern) throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : files) {
                lines.add(Files.readString(file).split(" ", -1));
            }
        }
        return lines;
    }
}
