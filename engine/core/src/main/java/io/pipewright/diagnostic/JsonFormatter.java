package io.pipewright.diagnostic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Prints findings for programs: one JSON array of objects with {@code code}, {@code severity} ({@code error} or
 * {@code warning}), {@code file}, {@code line}, {@code column}, {@code endLine}, {@code endColumn} (exclusive),
 * {@code message} and, if there is one, {@code hint}. Lines and columns are as in {@link Position}.
 */
public final class JsonFormatter {
    private final JsonFactory factory = new JsonFactory();

    public String format(Diagnostics diagnostics) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartArray();
            for (Diagnostic diagnostic : diagnostics) {
                write(json, diagnostic);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return text + "\n";
    }

    private static void write(JsonGenerator json, Diagnostic diagnostic) throws IOException {
        Span span = diagnostic.span();
        json.writeStartObject();
        json.writeStringField("code", diagnostic.code());
        json.writeStringField("severity", diagnostic.severity().label());
        json.writeStringField("file", span.file());
        json.writeNumberField("line", span.line());
        json.writeNumberField("column", span.column());
        json.writeNumberField("endLine", span.endLine());
        json.writeNumberField("endColumn", span.endColumn());
        json.writeStringField("message", diagnostic.shownMessage());
        if (diagnostic.hint() != null) {
            json.writeStringField("hint", diagnostic.shownHint());
        }
        json.writeEndObject();
    }
}
