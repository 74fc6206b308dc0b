package io.pipewright.app.picture;

/** The colors of a card. */
record Palette(String fill, String border, String ink) {

    private static final Palette SOURCE = new Palette("#e9f6ec", "#5fae74", "#2f7a45");
    private static final Palette STAGE = new Palette("#eaf1fd", "#6f9be0", "#2f5fae");
    private static final Palette SINK = new Palette("#fdf4de", "#d9a441", "#946200");
    private static final Palette LOSSES = new Palette("#f7f3f2", "#cbb5b2", "#8a6a67");

    /** By kind; a sink that takes nothing but losses is a quiet one. */
    static Palette of(GraphPicture.Box box, GraphPicture picture) {
        return switch (box.kind()) {
            case SOURCE -> SOURCE;
            case STAGE -> STAGE;
            case SINK -> picture.arrows().stream()
                            .filter(arrow -> arrow.to().equals(box.id()))
                            .allMatch(arrow -> arrow.port().loss())
                    ? LOSSES
                    : SINK;
        };
    }
}
