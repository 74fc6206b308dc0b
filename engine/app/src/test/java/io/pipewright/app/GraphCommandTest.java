package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** {@code graph} of the first pipeline. */
class GraphCommandTest {

    private static final String PIPELINE = TestPlace.pipeline().toString();

    @Test
    void mermaidShowsEntriesKeysWindowsAndPorts() {
        Answer answer = Answer.of("graph", PIPELINE);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .startsWith("flowchart LR\n")
                .contains("n_volumes[\"<b>volumes</b><br/>window<br/>keyBy: channel<br/>window: tumbling, size 10s")
                .contains("  n_events --> n_routing\n")
                .contains("  n_routing -->|\"interactions\"| n_volumes\n")
                .contains("  n_routing -->|\"customers as with\"| n_enriched\n")
                .contains("  n_volumes -.->|\"late\"| n_lateRecords\n")
                .contains("  n_volumes -.->|\"errors\"| n_deadLetters\n")
                .contains("matcher: sequence (no step looks back)")
                .contains("unread: .rejected")
                .contains("  %% routing interactions: interactionId: string, channel: string, timestamp: timestamp");
    }

    @Test
    void dotShowsTheSame() {
        Answer answer = Answer.of("graph", PIPELINE, "--format", "dot");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .startsWith("digraph \"cxone\" {\n")
                .endsWith("}\n")
                .contains("\"volumes\" [label=\"volumes\\nwindow\\nkeyBy: channel\\nwindow: tumbling, size 10s")
                .contains("\"volumes\" -> \"lateRecords\" [label=\"late\"")
                .contains("style=dashed");
    }

    @Test
    void thePictureFollowsTheFlags() {
        assertThat(Answer.of("graph", PIPELINE, "--set", "volumeWindow=1m").out())
                .contains("tumbling, size 1m");
    }

    @Test
    void aFormatThatThereIsNotIsWrongUsage() {
        Answer answer = Answer.of("graph", PIPELINE, "--format", "gif");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("gif").contains("mermaid, dot, svg, png");
    }

    @Test
    void aFileThatThereIsNotIsWrongUsage() {
        Answer answer = Answer.of("graph", "nowhere.yaml");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().strip())
                .startsWith("There is no file `nowhere.yaml`.")
                .doesNotContain("\n");
    }

    @Test
    void theSvgOfTheReadmeIsUpToDate() throws Exception {
        Path committed = TestPlace.root().resolve("docs/cxone.svg");
        String svg = svg();
        if (Boolean.getBoolean("pipewright.update")
                && !Files.readString(committed).equals(svg)) {
            Files.writeString(committed, svg);
            fail("%s was written. Look at it, and run again without -Dpipewright.update.", committed);
        }
        assertThat(svg).isEqualTo(Files.readString(committed));
    }

    @Test
    void theSvgShowsEveryEntryPortFieldAndFact() throws Exception {
        Document svg = xml(svg());
        List<String> texts = texts(svg, "text");
        assertThat(texts)
                .contains("events", "routing", "volumes", "identified", "enriched", "repeatedFailures")
                .contains("volumesTable", "alertsTable", "lateRecords", "deadLetters")
                .contains("kafka", "route", "window", "filter", "enrich", "cep", "cassandra")
                .contains(
                        "500/s",
                        "tumbling, size 10s",
                        "30s",
                        "90d",
                        "sequence (no step looks back)",
                        "cxone-dead-letters")
                .contains("customers", "interactions", "with", "late", "errors", "all errors", ".timedOut")
                .contains("customerId: string,  tier: string,  region: string")
                .filteredOn("errors"::equals)
                .hasSize(9);
        assertThat(texts(svg, "title"))
                .contains("routing.customers to enriched as with\ncustomerId: string\ntier: string\nregion: string")
                .anySatisfy(hover -> assertThat(hover)
                        .startsWith("repeatedFailures: customerId: string, ")
                        .contains("\nrepeatedFailures.late: ")
                        .contains("\nrepeatedFailures.timedOut: failure: list<enriched>")
                        .contains("\nrepeatedFailures.errors: stage: string, code: string"));
    }

    @Test
    void theOutputsEndingSaysWhatItIsAndOverlaysAndSettingsCount() throws Exception {
        Path folder = TestPlace.folder("graph");
        Path overlay = Files.writeString(folder.resolve("prod.yaml"), "sinks: {deadLetters: {topic: dead-in-prod}}\n");
        Path file = folder.resolve("picture.SVG");
        Answer answer = Answer.of(
                "graph",
                PIPELINE,
                "--output",
                file.toString(),
                "--overlay",
                overlay.toString(),
                "--set",
                "volumeWindow=1m");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).isEmpty();
        assertThat(texts(xml(Files.readString(file)), "text")).contains("dead-in-prod", "tumbling, size 1m");
    }

    @Test
    void thePngIsTwiceTheSizeOfTheSvg() throws Exception {
        assumeTrue(hasFonts(), "Java finds no fonts on this machine, and draws no PNG without.");
        Path file = TestPlace.folder("graph").resolve("cxone.png");
        Answer answer = Answer.of("graph", PIPELINE, "--output", file.toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        BufferedImage image = ImageIO.read(file.toFile());
        Element svg = xml(svg()).getDocumentElement();
        assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(svg.getAttribute("width")));
        assertThat(image.getHeight()).isEqualTo(2 * Integer.parseInt(svg.getAttribute("height")));
        int[] dots = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(Arrays.stream(dots).filter(dot -> dot != 0xFFFFFFFF).count())
                .as("dots that are not white")
                .isBetween(dots.length / 20L, dots.length / 2L);
    }

    @Test
    void anOutputThatCannotBeDrawnOrWrittenIsWrongUsage() {
        Answer unknown = Answer.of("graph", PIPELINE, "--output", "picture.gif");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err().strip())
                .isEqualTo("`picture.gif` does not end as a picture does (.mmd, .dot, .svg, .png)."
                        + " Rename it, or add --format.");
        Answer nowhere = Answer.of("graph", PIPELINE, "--output", "no/such/folder/picture.dot");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err().strip())
                .startsWith("`no/such/folder/picture.dot` cannot be written. Check its folder")
                .doesNotContain("\n");
    }

    private static String svg() {
        Answer answer = Answer.of("graph", PIPELINE, "--format", "svg");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer.out();
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<String> texts(Document svg, String element) {
        NodeList nodes = svg.getElementsByTagName(element);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    private static boolean hasFonts() {
        try {
            return new Font(Font.SANS_SERIF, Font.PLAIN, 10).canDisplay('a');
        } catch (LinkageError | InternalError e) {
            return false;
        }
    }
}
