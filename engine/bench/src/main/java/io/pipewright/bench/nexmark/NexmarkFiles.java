package io.pipewright.bench.nexmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files beside the pipelines of Nexmark: the events, Flink SQL's answers to them, and what the answers were derived
 * from, so that neither events nor queries nor answers change without the others.
 */
public record NexmarkFiles(Path folder) {

    /** The events that are committed. */
    public static final NexmarkEvents EVENTS = new NexmarkEvents(49, 600);

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Path inOrder() {
        return folder.resolve("events.jsonl");
    }

    public Path outOfOrder() {
        return folder.resolve("disordered.jsonl");
    }

    public Path answer(NexmarkQuery query) {
        return folder.resolve("answers").resolve(query.name() + ".jsonl");
    }

    /** What the answers were derived from, as {@link #origin} has found it when they were written. */
    public Path writtenOrigin() {
        return folder.resolve("answers").resolve("origin.json");
    }

    /** The seed, and hashes of the events, of the queries, and of their answers. */
    public String origin() throws IOException {
        Map<String, Object> origin = new TreeMap<>();
        origin.put("seed", EVENTS.seed());
        origin.put("events", hash(text(EVENTS.inOrder())));
        origin.put("disordered", hash(text(EVENTS.outOfOrder())));
        Map<String, Object> queries = new TreeMap<>();
        Map<String, Object> answers = new TreeMap<>();
        for (NexmarkQuery query : NexmarkQuery.all()) {
            queries.put(query.name(), hash(query.sql()));
            answers.put(query.name(), hash(Files.readString(answer(query))));
        }
        origin.put("queries", queries);
        origin.put("answers", answers);
        return JSON.writeValueAsString(origin) + "\n";
    }

    /** Writes the events anew. */
    public void writeEvents() throws IOException {
        Files.writeString(inOrder(), text(EVENTS.inOrder()));
        Files.writeString(outOfOrder(), text(EVENTS.outOfOrder()));
    }

    /** Writes an answer; what it was derived from is written when all are there. */
    void writeAnswer(NexmarkQuery query, List<String> lines) throws IOException {
        Files.createDirectories(folder.resolve("answers"));
        Files.writeString(answer(query), text(lines.stream()));
    }

    /** Lines, each with its end. */
    public static String text(Stream<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static String hash(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
