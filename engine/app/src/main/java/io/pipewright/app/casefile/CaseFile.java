package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.YamlReader;
import java.util.List;

/**
 * A file of cases whose head has been read: which pipeline it is about. The cases are read when that is known.
 *
 * @param pipeline the pipeline's file, relative to the folder of this one
 */
public record CaseFile(Document document, ScalarNode pipeline) {

    static final String CASES = "cases";
    private static final String VERSION = "pipelineTest/v1";

    /**
     * Reads a file.
     *
     * @param fileName the name to show in findings
     */
    public static Checked<CaseFile> read(String fileName, byte[] bytes) {
        return YamlReader.read(fileName, bytes).then(CaseFile::head);
    }

    private static Checked<CaseFile> head(Document document) {
        DiagnosticCollector findings = new DiagnosticCollector();
        Shape shape = new Shape(findings);
        MappingNode root = document.root();
        shape.keys(
                root,
                "a test of a pipeline",
                Span.startOf(document.source()),
                List.of("apiVersion", "pipeline", CASES),
                List.of());
        root.get("apiVersion")
                .flatMap(version -> shape.text(version, "apiVersion"))
                .filter(version -> !version.text().equals(VERSION))
                .ifPresent(version -> findings.error(
                        "bad-api-version",
                        version.span(),
                        "`" + version.text() + "` is not the version of a test.",
                        "write `apiVersion: " + VERSION + "`."));
        Node pipeline = root.get("pipeline").orElse(null);
        ScalarNode name =
                pipeline == null ? null : shape.text(pipeline, "pipeline").orElse(null);
        return findings.with(name == null ? null : new CaseFile(document, name));
    }

    /** The whole source. */
    String text() {
        return document.source().text();
    }
}
