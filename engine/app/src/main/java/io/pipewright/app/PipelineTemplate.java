package io.pipewright.app;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** The text of a new pipeline: it reads the samples, counts them per minute if they say when they happened, and writes files. */
record PipelineTemplate(String name, String samples, String output, Optional<String> schema, SampleRecord record) {

    String text() {
        StringBuilder text = new StringBuilder();
        schema.ifPresent(path ->
                text.append("# yaml-language-server: $schema=").append(path).append('\n'));
        text.append("apiVersion: pipeline/v1\n");
        text.append("name: ").append(name).append("\n\n");
        text.append("records:\n  Event:\n    fields:\n");
        record.fields()
                .forEach(field -> text.append("      ").append(line(field)).append('\n'));
        text.append("\nsources:\n  events:\n    type: file\n");
        text.append("    path: ").append(scalar(samples)).append('\n');
        text.append("    format: {type: json, record: Event}\n");
        String results = "events";
        if (record.time().isPresent()) {
            text.append(eventTime(record.time().get()));
            text.append(counts());
            results = "counts";
        }
        text.append("\nsinks:\n");
        text.append(sink("results", results));
        if (record.time().isPresent()) {
            text.append(sink("lateRecords", "late"));
        }
        text.append(sink("deadLetters", "errors"));
        return text.append("\nerrors: {default: deadLetter}\n").toString();
    }

    private static String line(SampleRecord.SampleField field) {
        if (field.type().equals("mixed")) {
            return "# " + scalar(field.path()) + " is left out: its values are of several types.";
        }
        if (field.type().equals("objects")) {
            return "# " + scalar(field.path()) + " is left out: it is a list of objects. Declare a record for them,"
                    + " such as Item, and write list<Item>.";
        }
        boolean moved = !field.name().equals(field.path());
        if (!moved && field.format().isEmpty()) {
            return field.name() + ": " + field.typeText();
        }
        return field.name() + ": {type: \"" + field.typeText() + "\""
                + (moved ? ", path: " + TextNode.valueOf(field.path()) : "")
                + (field.format().isEmpty() ? "" : ", format: " + field.format()) + "}"
                + (field.guessed()
                        ? " # a guess: all its values would be milliseconds of 2010 to 2040; else write long"
                        : "");
    }

    private static String eventTime(SampleRecord.SampleField time) {
        return "    eventTime: {field: " + time.name() + (time.nullable() ? ", missing: deadLetter" : "")
                + ", outOfOrderness: 10s}\n";
    }

    private String counts() {
        String key = record.group().map(SampleRecord.SampleField::name).orElse("");
        return "\nstages:\n  counts:\n    type: window\n    from: events\n    keyBy: [" + key + "]\n"
                + "    window: {type: tumbling, size: 1m}\n    aggregate: {"
                + (key.equals("count") ? "events" : "count")
                + ": count()}\n";
    }

    private String sink(String id, String from) {
        return "  " + id + ": {type: file, from: " + from + ", path: " + scalar(output + "/" + id)
                + ", format: {type: json}}\n";
    }

    private static String scalar(String text) {
        return text.matches("[A-Za-z./_][A-Za-z0-9./_-]*")
                ? text
                : TextNode.valueOf(text).toString();
    }
}
