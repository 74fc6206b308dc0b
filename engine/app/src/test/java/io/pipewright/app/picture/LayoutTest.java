package io.pipewright.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.app.picture.Drawing.Point;
import io.pipewright.app.picture.GraphPicture.Arrow;
import io.pipewright.app.picture.GraphPicture.Box;
import io.pipewright.app.picture.GraphPicture.Port;
import io.pipewright.spi.stage.StageInfo.Kind;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Pictures of made up pipelines: nothing lies on anything else, and no text breaks out. */
class LayoutTest {

    private static final Port MAIN = new Port("", false, true, List.of("a: string"));
    private static final Port OTHER = new Port("other", false, true, List.of("b: long?"));
    private static final Port ERRORS = new Port("errors", true, true, List.of("reason: string"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 30, 80})
    void cardsNamesAndArrowsKeepApart(int stages) {
        Layout layout = Layout.of(pipeline(stages, 7L * stages));
        List<Rectangle2D> cards = layout.places().stream()
                .map(place -> (Rectangle2D) new Rectangle2D.Double(
                        place.x(), place.y(), place.card().width(), place.card().height()))
                .toList();
        assertThat(cards).hasSize(stages + 3);
        for (Rectangle2D card : cards) {
            assertThat(cards).filteredOn(card::intersects).containsExactly(card);
            assertThat(layout.labels()).noneMatch(label -> card.intersects(box(label)));
            Rectangle2D inside =
                    new Rectangle2D.Double(card.getX() + 1, card.getY() + 1, card.getWidth() - 2, card.getHeight() - 2);
            assertThat(layout.wires()).noneMatch(wire -> crosses(wire, inside));
            assertThat(card.getMaxX()).isLessThanOrEqualTo(layout.width());
            assertThat(card.getMaxY()).isLessThanOrEqualTo(layout.height());
        }
        for (Layout.Label label : layout.labels()) {
            assertThat(layout.labels())
                    .filteredOn(other -> box(other).intersects(box(label)))
                    .containsExactly(label);
        }
    }

    @Test
    void arrowsRunFromLeftToRight() {
        assertThat(Layout.of(pipeline(30, 3)).wires()).allSatisfy(wire -> {
            List<Point> points = wire.points();
            assertThat(points.get(0).x())
                    .isLessThan(points.get(points.size() - 1).x());
        });
    }

    @Test
    void onePictureIsAlwaysDrawnTheSame() {
        GraphPicture picture = pipeline(30, 11);
        assertThat(SvgDrawing.of(picture)).isEqualTo(SvgDrawing.of(picture));
    }

    @Test
    void textsKeepInsideTheirCards() {
        Box box = new Box(
                "averyLongIdWhichNobodyShouldGiveToAStageButSomebodyWill",
                Kind.STAGE,
                "window",
                List.of("table: " + "keyspace.".repeat(20) + "x".repeat(90), "without a colon", "note: "),
                List.of());
        Card card = Card.of(box);
        double room = card.width() - 2 * Card.PAD;
        assertThat(TextWidth.of(box.id(), Card.ID_SIZE, true) + TextWidth.of(box.type(), Card.TYPE_SIZE, false))
                .isLessThan(room);
        assertThat(card.rows()).hasSizeGreaterThan(4).allSatisfy(row -> assertThat(
                        card.labelWidth() + TextWidth.of(row.value(), Card.ROW_SIZE, false))
                .isLessThanOrEqualTo(room));
        assertThat(String.join("", card.rows().stream().map(Card.Row::value).toList()))
                .startsWith("keyspace.keyspace.")
                .contains("without a colon");
    }

    @Test
    void aLineThatTwoArrowsShareIsDrawnOnce() {
        List<Point> one = List.of(new Point(0, 0), new Point(10, 0), new Point(10, 50));
        List<Point> other = List.of(new Point(5, 0), new Point(30, 0));
        assertThat(Stretch.merged(List.of(one, other)))
                .containsExactlyInAnyOrder(
                        new Stretch(new Point(0, 0), new Point(30, 0)),
                        new Stretch(new Point(10, 0), new Point(10, 50)));
    }

    @Test
    void anyTextIsSafeInSvg() throws Exception {
        String hostile = "<script>&\"']]>\u0000\u0008\uD800 \uD83D\uDE00 \u00fc";
        Box box = new Box("a", Kind.SOURCE, "kafka", List.of("topic: " + hostile), List.of(MAIN));
        String svg = SvgDrawing.of(new GraphPicture(hostile, List.of(box), List.of()));
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)))
                        .getElementsByTagName("title")
                        .item(0)
                        .getTextContent())
                .isEqualTo("<script>&\"']]>\uFFFD\uFFFD\uFFFD \uD83D\uDE00 \u00fc");
        assertThat(svg).doesNotContain("<script");
    }

    private static Rectangle2D box(Layout.Label label) {
        double width = TextWidth.of(label.text(), Layout.LABEL_SIZE, false);
        return new Rectangle2D.Double(label.x(), label.y() - 8, width, 9);
    }

    private static boolean crosses(Layout.Wire wire, Rectangle2D card) {
        List<Point> points = wire.points();
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            if (card.intersectsLine(new Line2D.Double(from.x(), from.y(), to.x(), to.y()))) {
                return true;
            }
        }
        return false;
    }

    /** A source, stages that read any one or two earlier ones, a sink of the last, and one of all errors. */
    private static GraphPicture pipeline(int stages, long seed) {
        Random random = new Random(seed);
        List<Box> boxes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        Set<Integer> splits = new TreeSet<>();
        boxes.add(new Box("s0", Kind.SOURCE, "kafka", List.of("topics: events"), List.of(MAIN, ERRORS)));
        for (int i = 1; i <= stages; i++) {
            List<String> details = random.nextBoolean() ? List.of("keyBy: customer", "window: 10s") : List.of();
            boxes.add(new Box("s" + i, Kind.STAGE, "route", details, List.of(MAIN, OTHER, ERRORS)));
            arrows.add(new Arrow("s" + random.nextInt(i), MAIN, "s" + i, ""));
            int second = random.nextInt(i);
            if (second > 0 && splits.add(second)) {
                arrows.add(new Arrow("s" + second, OTHER, "s" + i, "with"));
            }
        }
        boxes.add(new Box("out", Kind.SINK, "kafka", List.of("topic: out"), List.of(ERRORS)));
        arrows.add(new Arrow("s" + stages, MAIN, "out", ""));
        boxes.forEach(box -> arrows.add(new Arrow(box.id(), ERRORS, "dead", "")));
        boxes.add(new Box("dead", Kind.SINK, "kafka", List.of("topic: dead"), List.of()));
        return new GraphPicture("made up", boxes, arrows);
    }
}
