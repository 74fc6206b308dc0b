package io.pipewright.yaml;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.Mask;
import io.pipewright.diagnostic.Source;
import io.pipewright.diagnostic.Span;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the YAML of pipelines: YAML 1.2 with the core schema, less what makes files hard to read or dangerous to load.
 *
 * <p>Refused, each with its place: duplicate keys, tabs for indentation, a second document, tags, merge keys, keys that
 * are not scalars, more than {@value #MAX_BYTES} bytes, {@value #MAX_LEVELS} levels or {@value #MAX_ALIASES} aliases,
 * aliases that multiply into more than {@value #MAX_REPEATED} nodes, anything but UTF-8, control characters, and a file
 * that is empty or no map. All findings are collected, up to {@value #MAX_FINDINGS}; a syntax error ends the reading.
 */
public final class YamlReader {
    /** The size of the largest file. */
    public static final int MAX_BYTES = 1 << 20;

    static final int MAX_LEVELS = 64;
    static final int MAX_ALIASES = 50;
    static final int MAX_REPEATED = 100_000;
    static final int MAX_FINDINGS = 100;

    private static final String UTF_8 = "UTF-8";

    /** The rest of a line behind a key that ends in {@code secret} or {@code password}, unless it is a reference. */
    private static final Pattern SECRET = Pattern.compile(
            "(?:secret|password)[\"']?[ \\t]*:[ \\t]+(?![\"']?\\$\\{)([^ \\t\\r\\n][^\\r\\n]*)",
            Pattern.CASE_INSENSITIVE);

    private YamlReader() {}

    /**
     * Reads a whole file. A document may come with errors, if the tree could be built in spite of them.
     *
     * @param fileName the name to show in findings, as the author wrote it
     */
    public static Checked<Document> read(String fileName, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Checked.failed(Diagnostic.error(
                    "file-too-large",
                    Span.startOf(Source.named(fileName)),
                    "The file is larger than 1 MiB.",
                    "move large parts, such as schemas, into files of their own and name them here."));
        }
        String encoding = encoding(bytes);
        if (!encoding.equals(UTF_8)) {
            return Checked.failed(Diagnostic.error(
                    "invalid-utf8",
                    Span.startOf(Source.named(fileName)),
                    "The file is " + encoding + ", not " + UTF_8 + ".",
                    "save the file as UTF-8."));
        }
        DiagnosticCollector findings = new DiagnosticCollector();
        FileText file = FileText.decode(fileName, bytes, findings);
        Diagnostics unreadable = findings.diagnostics();
        MappingNode root = findings.size() >= MAX_FINDINGS ? null : new DocumentComposer(file, findings).compose();
        return root == null
                ? secretsOf(file.source()).apply(Checked.failed(afterwards(unreadable, findings.diagnostics())))
                : findings.with(new Document(file.source(), root));
    }

    /** All findings, but of lines with characters that cannot be read only these: what YAML makes of such a line is chance. */
    private static Diagnostics afterwards(Diagnostics unreadable, Diagnostics all) {
        Set<Integer> lines = new HashSet<>();
        unreadable.forEach(finding -> lines.add(finding.span().line()));
        return new Diagnostics(all.all().stream()
                .filter(finding -> unreadable.all().contains(finding)
                        || !lines.contains(finding.span().line()))
                .toList());
    }

    /** Where there is no tree nobody knows which values are secrets: then those are taken for it whose keys say so. */
    private static Mask secretsOf(Source source) {
        Mask mask = new Mask();
        Matcher secret = SECRET.matcher(source.text());
        while (secret.find()) {
            Span span = new Span(source, source.positionOf(secret.start(1)), source.positionOf(secret.end(1)));
            mask.hide(span, secret.group(1));
        }
        return mask;
    }

    /** The encoding, as far as a byte order mark tells it, or the zeros beside the first two Latin letters. */
    private static String encoding(byte[] bytes) {
        StringBuilder begin = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, 8); i++) {
            begin.append(
                    switch (bytes[i]) {
                        case 0 -> '0';
                        case (byte) 0xFE -> 'E';
                        case (byte) 0xFF -> 'F';
                        default -> 'x';
                    });
        }
        if (begin.indexOf("xx") == 0) {
            return UTF_8; // as nearly every file
        }
        if (begin.toString().matches("(FE00|00EF).*|x000x000|000x000x")) {
            return "UTF-32";
        }
        return begin.toString().matches("(FE|EF|x0x0|0x0x).*") ? "UTF-16" : UTF_8;
    }
}
