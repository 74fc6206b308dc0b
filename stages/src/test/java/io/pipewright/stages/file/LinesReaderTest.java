package io.pipewright.stages.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.stages.splits.CollectedElements;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesReaderTest {

    @TempDir
    Path folder;

    private final CollectedElements output = new CollectedElements();

    @Test
    void linesAreBytesWhateverTheyAre() throws Exception {
        Path file = write("a.txt", "one\r\n\n\u00ff\u00fe\r\rlast");
        assertThat(readAll(new FileSplit(file.toString(), 0, 0)))
                .containsExactly("1:one", "2:", "3:\u00ff\u00fe\r\rlast");
    }

    @Test
    void aFinalNewlineIsNotOneMoreLine() throws Exception {
        assertThat(readAll(new FileSplit(write("a.txt", "one\n").toString(), 0, 0)))
                .containsExactly("1:one");
        assertThat(readAll(new FileSplit(write("b.txt", "").toString(), 0, 0))).isEmpty();
    }

    @Test
    void linesLongerThanTheBufferAreWhole() throws Exception {
        String longLine = "x".repeat(200_000);
        Path file = write("a.txt", longLine + "\ny\n" + longLine);
        assertThat(readAll(new FileSplit(file.toString(), 0, 0)))
                .containsExactly("1:" + longLine, "2:y", "3:" + longLine);
    }

    @Test
    void packedFilesAreUnpacked() throws Exception {
        Path file = folder.resolve("a.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("one\ntwo\n".getBytes(ISO_8859_1));
        }
        assertThat(readAll(new FileSplit(file.toString(), 4, 1))).containsExactly("2:two");
    }

    @Test
    void aRestoredReaderGoesOnWhereTheCheckpointWasAtEveryLine() throws Exception {
        String text = IntStream.range(0, 500).mapToObj(i -> "line " + i).collect(Collectors.joining("\r\n"));
        Path first = write("a.txt", text);
        Path second = write("b.txt", text);
        List<FileSplit> start = List.of(new FileSplit(first.toString(), 0, 0), new FileSplit(second.toString(), 0, 0));
        List<Object> all = readAll(start.toArray(FileSplit[]::new));
        for (int lines = 0; lines <= 1_000; lines += 37) {
            output.values().clear();
            LinesReader reader = reader(start);
            while (output.values().size() < lines) {
                reader.pollNext(output);
            }
            List<FileSplit> checkpoint = new ArrayList<>();
            for (FileSplit split : reader.snapshotState(1)) {
                FileSplit.Serializer serializer = new FileSplit.Serializer();
                checkpoint.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)));
            }
            reader.close();
            drain(reader(checkpoint));
            assertThat(output.values()).isEqualTo(all);
        }
    }

    @Test
    void aHeaderIsNoRecordAndIsReadAgainWhereAFileGoesOn() throws Exception {
        String first = write("a.csv", "x,y\n1,2\n3,4\n").toString();
        String second = write("b.csv", "y,x\n").toString();
        for (FileSplit split : List.of(new FileSplit(first, 0, 0), new FileSplit(first, 4, 1))) {
            output.values().clear();
            drain(reader(true, List.of(split, new FileSplit(second, 0, 0))));
            assertThat(output.values()).containsExactly("x,y 2:1,2", "x,y 3:3,4");
        }
        output.values().clear();
        drain(reader(true, List.of(new FileSplit(first, 8, 2))));
        assertThat(output.values()).containsExactly("x,y 3:3,4");
    }

    @Test
    void patternsNameFilesInTheOrderOfTheirNames() throws Exception {
        Files.createDirectories(folder.resolve("sub"));
        for (String name : List.of("b.jsonl", "a.jsonl", "c.txt", ".hidden.jsonl", "sub/d.jsonl")) {
            write(name, "");
        }
        assertThat(names(folder.toString())).containsExactly("a.jsonl", "b.jsonl", "c.txt");
        assertThat(names(folder + "/*.jsonl")).containsExactly("a.jsonl", "b.jsonl");
        assertThat(names(folder + "/**.jsonl")).containsExactly("a.jsonl", "b.jsonl", "d.jsonl");
        assertThat(names(folder + "/c.txt")).containsExactly("c.txt");
        assertThat(names(folder + "/nothing")).isEmpty();
    }

    private static List<String> names(String pattern) throws IOException {
        return new FilePattern(pattern)
                .files().stream().map(file -> file.getFileName().toString()).toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(ISO_8859_1));
    }

    private List<Object> readAll(FileSplit... splits) throws Exception {
        output.values().clear();
        drain(reader(List.of(splits)));
        return List.copyOf(output.values());
    }

    private static LinesReader reader(List<FileSplit> splits) {
        return reader(false, splits);
    }

    private static LinesReader reader(boolean header, List<FileSplit> splits) {
        LinesReader reader = new LinesReader(header, new LineDecoder(""));
        reader.addSplits(splits);
        reader.notifyNoMoreSplits();
        return reader;
    }

    private void drain(LinesReader reader) throws Exception {
        while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
            assertThat(reader.isAvailable()).isDone();
        }
        reader.close();
    }
}
