package io.pipewright.stages.file;

import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.stages.splits.Availability;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads its files one after the other, each from where it was left to the end of its last ended line, and again when the
 * enumerator says that it has changed.
 *
 * <p>A file is open only while it is read. When it is opened it must be the one that is meant, which may have another name
 * by now, and must begin with what it began with before; one that does not, or is shorter than what was read of it, was
 * written anew and is read from its start ({@code restartedFiles}).
 */
final class FollowingReader implements SourceReader<SourceElement, FollowedFile> {

    /** After so many lines another file has its turn, if one waits. */
    private static final int LINES_PER_TURN = 10_000;

    private final Lines lines;
    private final Counter restarted;
    private final Counter unfinished;
    private final Availability availability = new Availability();
    private final Map<String, FollowedFile> files = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> gone = new HashSet<>();

    /** The files that may have something to read, in the order of their turns. */
    private final Set<String> ready = new LinkedHashSet<>();

    /** Those of them of which the output does not know yet. */
    private final List<String> awakened = new ArrayList<>();

    private String key = "";
    private @Nullable DecodedFile file;
    private int turn;

    /** How lines are read: as in {@link FollowingSource}. */
    record Lines(boolean header, boolean timed, SourceDecoder decoder) implements Serializable {}

    FollowingReader(Lines lines, MetricGroup metrics) {
        this.lines = lines;
        this.restarted = metrics.counter("restartedFiles");
        this.unfinished = metrics.counter("unfinishedFiles");
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceElement> outputs) throws IOException {
        awaken(outputs);
        if (file == null) {
            Iterator<String> next = ready.iterator();
            if (!next.hasNext()) {
                return availability.nothing();
            }
            key = next.next();
            next.remove();
            begin(outputs);
        } else if (!file.decodeNext()) {
            end(outputs, file);
        } else if (++turn >= LINES_PER_TURN && !ready.isEmpty()) {
            ready.add(key);
            end(outputs, file);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void begin(ReaderOutput<SourceElement> outputs) throws IOException {
        if (gone.remove(key)) {
            FollowedFile last = files.remove(key);
            Long size = sizes.remove(key);
            if (last != null && size != null && size > last.at().position()) {
                unfinished.inc();
            }
            outputs.releaseOutputForSplit(key);
            return;
        }
        SourceOutput<SourceElement> output = outputs.createOutputForSplit(key);
        file = open(output);
        turn = 0;
        if (file == null) {
            rest(output);
        }
    }

    /** Null if the file is not where it was: the next look will say where it is, or that it is gone. */
    private @Nullable DecodedFile open(SourceOutput<SourceElement> output) throws IOException {
        FollowedFile known = file(key);
        Path path = Path.of(known.at().path());
        try {
            byte[] first = FileHead.read(path);
            boolean goesOn = known.goesOn(first, Files.size(path));
            FollowedFile now = goesOn ? known.beginningWith(first) : known.fromStart(first);
            DecodedFile opened =
                    DecodedFile.open(now.at(), lines.header(), lines.decoder(), this::open, output::collect);
            if (!goesOn) {
                restarted.inc();
            }
            files.put(key, now);
            return opened;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** What is opened first and then has the key is the file that is meant, whoever renames it meanwhile. */
    private LineFile open(FileSplit split) throws IOException {
        LineFile opened = new LineFile(split, true);
        try {
            if (FoundFile.at(Path.of(split.path())).key().equals(key)) {
                return opened;
            }
        } catch (NoSuchFileException e) {
            opened.close();
            throw e;
        }
        opened.close();
        throw new NoSuchFileException(split.path());
    }

    private void end(ReaderOutput<SourceElement> outputs, DecodedFile read) throws IOException {
        files.put(key, file(key).readTo(read.split()));
        read.close();
        file = null;
        rest(outputs.createOutputForSplit(key));
    }

    /** The file is read to its end, unless its turn comes again. */
    private void rest(SourceOutput<SourceElement> output) {
        if (lines.timed() && !ready.contains(key)) {
            output.markIdle();
        }
    }

    private void awaken(ReaderOutput<SourceElement> outputs) {
        if (!awakened.isEmpty()) {
            if (lines.timed()) {
                awakened.forEach(each -> outputs.createOutputForSplit(each).markActive());
            }
            awakened.clear();
        }
    }

    private FollowedFile file(String each) {
        FollowedFile known = files.get(each);
        if (known == null) {
            throw new IllegalStateException("No file has the key " + each + ".");
        }
        return known;
    }

    private void ready(String each) {
        if (ready.add(each)) {
            awakened.add(each);
        }
        availability.ring();
    }

    @Override
    public void start() {}

    @Override
    public void addSplits(List<FollowedFile> splits) {
        for (FollowedFile split : splits) {
            if (gone.remove(split.key()) && split.key().equals(key)) {
                IOUtils.closeQuietly(file); // Another file has its inode.
                file = null;
            }
            files.put(split.key(), split);
            ready(split.key());
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof FilesChanged told) {
            told.changed().forEach(this::changed);
            told.gone().forEach(this::gone);
        } else if (event instanceof FilesDealt dealt) {
            files.keySet().stream().filter(each -> !dealt.keys().contains(each)).forEach(this::gone);
        }
    }

    private void changed(FoundFile found) {
        FollowedFile known = files.get(found.key());
        if (known != null) {
            files.put(found.key(), known.named(found.path()));
            sizes.put(found.key(), found.size());
            ready(found.key());
        }
    }

    private void gone(String each) {
        if (files.containsKey(each)) {
            gone.add(each);
            ready(each);
        }
    }

    @Override
    public List<FollowedFile> snapshotState(long checkpointId) {
        Map<String, FollowedFile> all = new LinkedHashMap<>(files);
        if (file != null) {
            all.put(key, file(key).readTo(file.split()));
        }
        return List.copyOf(all.values());
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return availability.future();
    }

    /** There is always more to come. */
    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
