package io.pipewright.app.picture;

import java.util.ArrayList;
import java.util.List;

/** What stands in the box of an entry, and how much room it takes: id and type, then a line for each detail. */
record Card(GraphPicture.Box box, List<Row> rows, double labelWidth, double width, double height) {

    static final double ID_SIZE = 13;
    static final double TYPE_SIZE = 10.5;
    static final double ROW_SIZE = 10.5;
    static final double PAD = 11;
    static final double HEADER = 28;
    static final double ROW = 15;

    /** Room for a port and its name. */
    static final double PORT = 15;

    private static final double GAP = 10;
    private static final double LEAST_WIDTH = 110;

    /** Values that are wider go on in the next line. */
    private static final double VALUE_WIDTH = 165;

    Card {
        rows = List.copyOf(rows);
    }

    /** A line of a card; {@code label} is empty where the value of the line above goes on. */
    record Row(String label, String value) {}

    static Card of(GraphPicture.Box box) {
        List<Row> rows = new ArrayList<>();
        for (String detail : box.details()) {
            int colon = detail.indexOf(": ");
            String label = colon < 0 ? "" : detail.substring(0, colon);
            String value = colon < 0 ? detail : detail.substring(colon + 2);
            for (String line : TextWidth.wrapped(value, ROW_SIZE, VALUE_WIDTH)) {
                rows.add(new Row(label, line));
                label = "";
            }
        }
        double labels = widest(rows.stream().map(Row::label).toList());
        double labelWidth = labels == 0 ? 0 : labels + GAP;
        double header = TextWidth.of(box.id(), ID_SIZE, true) + GAP + TextWidth.of(box.type(), TYPE_SIZE, false);
        double inner = Math.max(
                header, labelWidth + widest(rows.stream().map(Row::value).toList()));
        double text = rows.isEmpty() ? HEADER + 4 : HEADER + 7 + rows.size() * ROW + 5;
        long read = box.ports().stream().filter(GraphPicture.Port::read).count();
        return new Card(
                box,
                rows,
                labelWidth,
                Math.ceil(Math.max(LEAST_WIDTH, inner + 2 * PAD)),
                Math.max(text, (read + 1) * PORT));
    }

    private static double widest(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> TextWidth.of(text, ROW_SIZE, false))
                .max()
                .orElse(0);
    }
}
