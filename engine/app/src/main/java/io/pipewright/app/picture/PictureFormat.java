package io.pipewright.app.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a picture is drawn with; the names are what users write. */
public enum PictureFormat {
    mermaid(".mmd"),
    dot(".dot"),
    svg(".svg"),
    png(".png");

    private final String ending;

    PictureFormat(String ending) {
        this.ending = ending;
    }

    /** How files of this format end. */
    public String ending() {
        return ending;
    }

    /** The format that a file's name says by its ending, in capitals or not. */
    public static Optional<PictureFormat> ofFile(String name) {
        return Arrays.stream(values())
                .filter(format -> name.toLowerCase(Locale.ROOT).endsWith(format.ending))
                .findFirst();
    }

    /**
     * The picture as the content of a file: text in UTF-8, or a PNG.
     *
     * @throws NoFontsException for a PNG on a machine that has no fonts
     */
    public byte[] draw(GraphPicture picture) {
        return switch (this) {
            case mermaid -> MermaidDrawing.of(picture).getBytes(StandardCharsets.UTF_8);
            case dot -> DotDrawing.of(picture).getBytes(StandardCharsets.UTF_8);
            case svg -> SvgDrawing.of(picture).getBytes(StandardCharsets.UTF_8);
            case png -> PngDrawing.of(picture);
        };
    }
}
