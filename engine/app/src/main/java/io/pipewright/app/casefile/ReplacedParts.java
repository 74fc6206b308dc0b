package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Span;
import io.pipewright.plan.PipelineInput;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parts of a pipeline that a test replaces, so that nothing of the environment that they name needs to be set:
 * connections, checks, sinks, and of sources all but how a message is read and where its time is.
 */
final class ReplacedParts {

    private static final Set<String> WHOLE = Set.of("connections", "checks", "sinks");
    private static final Set<String> KEPT = Set.of("format", "eventTime");

    private final List<Span> spans = new ArrayList<>();

    static ReplacedParts of(PipelineInput pipeline) {
        ReplacedParts parts = new ReplacedParts();
        Stream.concat(Stream.of(pipeline.file()), pipeline.overlays().stream())
                .flatMap(file -> YamlReader.read(file.name(), file.content()).value().stream())
                .forEach(parts::add);
        return parts;
    }

    private void add(Document document) {
        for (MappingNode.Entry block : document.root().entries()) {
            if (WHOLE.contains(block.key())) {
                spans.add(block.value().span());
            } else if (block.key().equals("sources") && block.value() instanceof MappingNode sources) {
                sources.entries().forEach(this::addSource);
            }
        }
    }

    private void addSource(MappingNode.Entry source) {
        if (source.value() instanceof MappingNode options) {
            options.entries().stream()
                    .filter(option -> !KEPT.contains(option.key()))
                    .forEach(option -> spans.add(option.value().span()));
        }
    }

    boolean contain(Diagnostic finding) {
        Span place = finding.span();
        return spans.stream()
                .anyMatch(part -> part.source().equals(place.source())
                        && part.start().compareTo(place.start()) <= 0
                        && place.end().compareTo(part.end()) <= 0);
    }
}
