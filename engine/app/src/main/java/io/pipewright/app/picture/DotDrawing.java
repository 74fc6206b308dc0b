package io.pipewright.app.picture;

import io.pipewright.spi.stage.StageInfo;

/** Draws a pipeline in the language of Graphviz. The fields of the records show where the pointer is over an arrow. */
final class DotDrawing {

    private DotDrawing() {}

    static String of(GraphPicture picture) {
        StringBuilder text = new StringBuilder("digraph " + quoted(picture.title()) + " {\n");
        text.append("  rankdir=LR;\n");
        text.append("  node [fontname=\"Helvetica\", shape=box, style=\"rounded,filled\"];\n");
        text.append("  edge [fontname=\"Helvetica\", fontsize=10];\n");
        for (GraphPicture.Box box : picture.boxes()) {
            StringBuilder label = new StringBuilder(box.id() + "\n" + box.type());
            box.details().forEach(detail -> label.append('\n').append(detail));
            text.append("  " + quoted(box.id()) + " [label=" + quoted(label.toString()) + ", fillcolor=\""
                    + color(box.kind()) + "\"];\n");
        }
        for (GraphPicture.Arrow arrow : picture.arrows()) {
            String fields = quoted(String.join(", ", arrow.port().fields()));
            text.append("  " + quoted(arrow.from()) + " -> " + quoted(arrow.to()) + " [label=" + quoted(arrow.label())
                    + ", tooltip=" + fields + ", labeltooltip=" + fields
                    + (arrow.port().loss() ? ", style=dashed" : "")
                    + "];\n");
        }
        return text.append("}\n").toString();
    }

    private static String color(StageInfo.Kind kind) {
        return switch (kind) {
            case SOURCE -> "#e6f4ea";
            case STAGE -> "#e8f0fe";
            case SINK -> "#fef7e0";
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
