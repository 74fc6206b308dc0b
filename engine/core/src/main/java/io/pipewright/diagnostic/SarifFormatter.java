package io.pipewright.diagnostic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Prints findings as a log of the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS), which code hosts and
 * editors import.
 *
 * <p>A finding's code is its rule; message and hint are its text. Columns count code points. Names of files are
 * relative references if the author named them so.
 */
public final class SarifFormatter {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /** What stands for itself in the path of a URI reference, slashes included; a colon would end a scheme. */
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private final String version;
    private final JsonFactory factory = new JsonFactory();

    /** @param version of Pipewright, such as {@code 0.1.0} */
    public SarifFormatter(String version) {
        this.version = version;
    }

    /** The log with one run; ended by a line break. */
    public String format(Diagnostics diagnostics) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            List<String> codes = List.copyOf(new TreeSet<>(
                    diagnostics.all().stream().map(Diagnostic::code).toList()));
            writeTool(json, codes);
            json.writeStringField("columnKind", "unicodeCodePoints");
            json.writeArrayFieldStart("results");
            for (Diagnostic diagnostic : diagnostics) {
                writeResult(json, diagnostic, codes.indexOf(diagnostic.code()));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return text + "\n";
    }

    private void writeTool(JsonGenerator json, List<String> codes) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Pipewright");
        json.writeStringField("version", version);
        json.writeArrayFieldStart("rules");
        for (String code : codes) {
            json.writeStartObject();
            json.writeStringField("id", code);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeResult(JsonGenerator json, Diagnostic diagnostic, int rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", diagnostic.code());
        json.writeNumberField("ruleIndex", rule);
        json.writeStringField("level", diagnostic.severity().label());
        json.writeObjectFieldStart("message");
        String hint = diagnostic.shownHint();
        json.writeStringField("text", diagnostic.shownMessage() + (hint.isEmpty() ? "" : "\n" + hint));
        json.writeEndObject();
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri(diagnostic.span().file()));
        json.writeEndObject();
        writeRegion(json, diagnostic.span());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeRegion(JsonGenerator json, Span span) throws IOException {
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", span.line());
        json.writeNumberField("startColumn", span.column());
        json.writeNumberField("endLine", span.endLine());
        json.writeNumberField("endColumn", span.endColumn());
        json.writeEndObject();
    }

    /** A URI reference (RFC 3986): what a name may hold beside letters, digits and slashes is percent-encoded. */
    private static String uri(String file) {
        StringBuilder uri = new StringBuilder(file.startsWith("/") ? "file://" : "");
        for (byte octet : file.replace('\\', '/').getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xFF);
            if (UNRESERVED.indexOf(letter) >= 0) {
                uri.append(letter);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", (int) letter));
            }
        }
        return uri.toString();
    }
}
