package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A project that {@code new --stage} has written, built without Maven: against what its {@code pom.xml} says, no more. */
record ExampleStage(Path project, String name) {

    /** Writes and builds the example itself. */
    static ExampleStage build() throws IOException {
        return build("onChange");
    }

    /** Writes and builds a project of another type. */
    static ExampleStage build(String type) throws IOException {
        Path project = TestPlace.folder("stage").resolve("project");
        StageProject.of(type, template()).write(project);
        ExampleStage built = new ExampleStage(project, type.toLowerCase());
        List<Path> needed = PluginJar.interfaceAndFlink();
        PluginJar.compile(project.resolve("src/main/java"), needed, built.classes());
        PluginJar.pack(built.jar(), file -> true, built.classes(), project.resolve("src/main/resources"));
        return built;
    }

    static Path template() {
        return TestPlace.root().resolve("docs/example-stage");
    }

    private Path classes() {
        return project.resolve("target/classes");
    }

    Path jar() {
        return plugins().resolve(name + ".jar");
    }

    /** The folder for {@code --plugins}. */
    Path plugins() {
        return project.resolve("target");
    }

    Path pipeline() {
        return project.resolve(name + ".yaml");
    }

    Path cases() {
        return project.resolve(name + ".test.yaml");
    }

    /** The example's pipeline, but for its rows, which go to a file. */
    Path overlay(Path rows) throws IOException {
        return Files.writeString(
                rows.resolveSibling("overlay.yaml"),
                "sinks: {rows: {type: file, from: changes, path: '" + rows
                        + "', format: {type: json}, single: true}}\n");
    }

    /** There are 60 readings of two sensors, whose level changes every ten of both. */
    static void assertRows(Path rows) throws IOException {
        List<String> lines = Files.readAllLines(rows);
        assertThat(lines).hasSize(12).allMatch(line -> line.contains("\"level\":"));
        assertThat(lines).filteredOn(line -> line.contains("\"south\"")).hasSize(6);
    }
}
