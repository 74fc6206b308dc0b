package io.pipewright.app;

import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All codes of findings about a pipeline, with what they mean, in alphabetical order. */
final class ProblemCatalogue {

    private static final String FOLDER = "problems/";
    private static final String FILE = "problems.yaml";

    private final Map<String, Problem> problems = new LinkedHashMap<>();

    ProblemCatalogue() {
        Document document = YamlReader.read(FILE, resource(FILE)).orElseThrow();
        for (MappingNode.Entry entry : document.root().entries()) {
            problems.put(entry.key(), problem(entry.key(), entry.value()));
        }
    }

    Map<String, Problem> problems() {
        return problems;
    }

    /** The text of {@code docs/problems.md}. */
    String documented() {
        return problems.values().stream()
                .map(Problem::documented)
                .collect(Collectors.joining(
                        "\n",
                        "# Problems\n\nWhat each code of a finding means, as `pipewright explain CODE` tells it. In"
                                + " examples `‹60 × (›` stands for 60 times `(`,\nand `‹U+0000›` for a character that no"
                                + " editor shows."
                                + " Made from the catalogue in `engine/app`;\nwritten anew by `-Dpipewright.update=true`.\n\n",
                        ""));
    }

    private static Problem problem(String code, Node node) {
        if (!(node instanceof MappingNode problem)) {
            throw new IllegalStateException("`" + code + "` in " + FILE + " is no map");
        }
        Optional<Problem.Example> example = problem.text("wrong")
                .map(wrong -> new Problem.Example(
                        wrong,
                        problem.text("right").orElse(""),
                        problem.text("pipeline")
                                .map(name -> new String(resource(name + ".yaml"), StandardCharsets.UTF_8))
                                .orElse(""),
                        problem.text("place").map(Problem.Place::valueOf).orElse(Problem.Place.PIPELINE)));
        return new Problem(code, problem.text("means").orElseThrow(), example);
    }

    static byte[] resource(String name) {
        try (InputStream in = ProblemCatalogue.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + name + " cannot be read", e);
        }
    }
}
