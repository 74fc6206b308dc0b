package io.pipewright.app.picture;

import io.pipewright.spi.stage.StageInfo;
import java.util.LinkedHashSet;
import java.util.Set;

/** Draws a pipeline in the language of Mermaid, which Markdown pages show. The fields of the records are comments. */
final class MermaidDrawing {

    private MermaidDrawing() {}

    static String of(GraphPicture picture) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (GraphPicture.Box box : picture.boxes()) {
            text.append("  ").append(node(box.id())).append(shape(box)).append('\n');
        }
        Set<String> comments = new LinkedHashSet<>();
        for (GraphPicture.Arrow arrow : picture.arrows()) {
            String line = arrow.port().loss() ? " -.->" : " -->";
            String label = arrow.label().isEmpty() ? "" : "|\"" + escaped(arrow.label()) + "\"|";
            text.append("  " + node(arrow.from()) + line + label + " " + node(arrow.to()) + "\n");
            comments.add("  %% " + arrow.from() + (arrow.label().isEmpty() ? "" : " " + arrow.label()) + ": "
                    + String.join(", ", arrow.port().fields()) + "\n");
        }
        comments.forEach(text::append);
        for (StageInfo.Kind kind : StageInfo.Kind.values()) {
            picture.boxes().stream()
                    .filter(box -> box.kind() == kind)
                    .map(box -> node(box.id()))
                    .reduce((left, right) -> left + "," + right)
                    .ifPresent(ids -> text.append("  class " + ids + " " + name(kind) + "\n"));
        }
        return text.append("  classDef source fill:#e6f4ea,stroke:#34a853,color:#202124\n")
                .append("  classDef stage fill:#e8f0fe,stroke:#4285f4,color:#202124\n")
                .append("  classDef sink fill:#fef7e0,stroke:#f9ab00,color:#202124\n")
                .toString();
    }

    private static String name(StageInfo.Kind kind) {
        return switch (kind) {
            case SOURCE -> "source";
            case STAGE -> "stage";
            case SINK -> "sink";
        };
    }

    /** Some ids, such as {@code end}, mean something to Mermaid. */
    private static String node(String id) {
        return "n_" + id;
    }

    private static String shape(GraphPicture.Box box) {
        StringBuilder label = new StringBuilder("<b>" + escaped(box.id()) + "</b><br/>" + escaped(box.type()));
        box.details().forEach(detail -> label.append("<br/>").append(escaped(detail)));
        return switch (box.kind()) {
            case SOURCE -> "([\"" + label + "\"])";
            case STAGE -> "[\"" + label + "\"]";
            case SINK -> "[(\"" + label + "\")]";
        };
    }

    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("&", "#38;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("`", "#96;");
    }
}
