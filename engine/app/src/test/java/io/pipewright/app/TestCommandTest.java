package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TestCommandTest {

    private static final Path PIPELINES = Path.of("../../pipelines");
    private static final String HEAD = "apiVersion: pipelineTest/v1\npipeline: calls.yaml\ncases:\n";

    private static final String GOOD =
            """
              - name: a call
                given:
                  calls: [{at: +0s, value: {callId: a, channel: VOICE, seconds: 60, price: 0.5, tags: []}}]
                expect:
                  out: [{channel: VOICE, price: 0.5}]
            """;

    private static final String BAD =
            GOOD.replace("a call", "another case").replace("price: 0.5}]\n", "price: 7.5}]\n");

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void pipeline() throws IOException {
        Files.copy(CaseFindingsTest.CASES.resolve("calls.yaml"), folder.resolve("calls.yaml"));
        file = folder.resolve("calls.test.yaml");
    }

    private Answer test(String cases, String... flags) throws IOException {
        Files.writeString(file, HEAD + cases);
        List<String> words = new ArrayList<>(List.of("test", file.toString()));
        words.addAll(List.of(flags));
        return Answer.of(words.toArray(String[]::new));
    }

    @Test
    void theCasesOfTheShippedPipelinesPass() {
        Answer answer = Answer.of("test", PIPELINES.toString());
        assertThat(answer.out()).matches("\\d+ cases passed\\.\\R");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void theyFailWhereThePipelineIsAnotherOne() {
        String pipeline = PIPELINES.resolve("cxone.yaml").toString();
        Answer answer = Answer.of("test", pipeline, "--set", "stages.repeatedFailures.steps.failure.times=2");
        assertThat(answer.out()).contains("`alertsTable` has a row that is not expected", " cases failed.");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);

        String query = PIPELINES.resolve("nexmark/q5.yaml").toString();
        assertThat(Answer.of("test", query, "--set", "stages.hottest.ties=first")
                        .out())
                .contains("answers/q5.jsonl:", "error[missing-row]", "2 of 2 cases failed.");
    }

    @Test
    void whatIsWrongWithThePipelineIsToldAsByValidate() throws IOException {
        Path pipeline = folder.resolve("calls.yaml");
        Files.writeString(pipeline, Files.readString(pipeline).replace("price > 0.0", "prise > 0.0"));
        Answer validated = Answer.of("validate", pipeline.toString());
        Answer answer = test(GOOD);
        assertThat(validated.out()).contains("error[unknown-field]");
        assertThat(answer.out().lines().limit(3))
                .isEqualTo(validated.out().lines().limit(3).toList());
        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void aHundredCasesRunInOneProcess() throws IOException {
        String hundred = IntStream.range(0, 100)
                .mapToObj(number -> GOOD.replace("a call", "call " + number))
                .collect(Collectors.joining());
        assertThat(test(hundred)).isEqualTo(new Answer(0, said("100 cases passed."), ""));
    }

    @Test
    void onlyCasesThatAreWantedRun() throws IOException {
        assertThat(test(GOOD + BAD, "--filter", "a call").out()).isEqualTo(said("1 case passed."));
        assertThat(test(GOOD + BAD, "--filter", "other").out()).endsWith(said("1 of 1 case failed."));
        Answer none = test(GOOD, "--filter", "nothing");
        assertThat(none.err()).contains("No case has `nothing` in its name.");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void linesOfAFileAreReadAsTheSourceReadsThem() throws IOException {
        Files.writeString(
                folder.resolve("calls.jsonl"),
                """
                {"callId":"a","channel":"VOICE","seconds":1,"price":1.0,"tags":[],"began":"2030-05-05T12:00:01Z"}

                {"callId":"b","channel":"VOICE","seconds":2,"price":2.0,"tags":[],"began":"2030-05-05T12:00:02Z"}
                """);
        Answer answer = test(
                """
                  - name: recorded calls
                    given: {calls: {file: calls.jsonl}}
                    expect: {out: [{windowStart: 2030-05-05T12:00:00Z, price: 3.0, longest: 2}]}
                """);
        assertThat(answer.out()).isEqualTo(said("1 case passed."));
    }

    @Test
    void whatIsExpectedMayStandInAFileOfItsOwn() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), "{\"channel\":\"VOICE\",\"price\":0.5}\n");
        String cases = GOOD.replace("[{channel: VOICE, price: 0.5}]", "{file: rows.jsonl}");
        assertThat(test(cases).out()).isEqualTo(said("1 case passed."));

        Files.writeString(rows, "\n{\"channel\":\"VOICE\",\"price\":7.5}\n");
        Answer answer = test(cases, "--fix");
        assertThat(answer.out()).contains("rows.jsonl:2:1: error[different-value]", " is `0.5`, not `7.5`.");
        assertThat(answer.out()).doesNotContain("now expects");
        assertThat(file).hasContent(HEAD + cases);
    }

    @Test
    void ofRowsThatReplaceEarlierOnesTheLastOfEachKeyCounts() throws IOException {
        Files.writeString(
                folder.resolve("calls.yaml"),
                Files.readString(folder.resolve("calls.yaml"))
                                .replace(
                                        "sinks:",
                                        "  last: {type: latest, from: calls, keyBy: [callId], ttl: 10s}\nsinks:")
                        + "  lastCalls: {type: file, from: last, path: last, format: {type: json}}\n");
        String cases =
                """
                  - name: three calls
                    given:
                      calls:
                        - {at: +1s, value: {callId: a, channel: CHAT, seconds: 1, price: 0.5, tags: []}}
                        - {at: +2s, value: {callId: b, channel: CHAT, seconds: 2, price: 1.5, tags: []}}
                        - {at: +3s, value: {callId: b, channel: CHAT, seconds: 3, price: 2.5, tags: []}}
                    steps: [advance: 12s]
                    expect: {lastCalls: {key: [callId], rows: [{price: 2.5}]}}
                """;
        assertThat(test(cases).out()).isEqualTo(said("1 case passed."));
        assertThat(test(cases.replace("price: 2.5}]", "price: 1.5}]")).out()).contains(" is `2.5`, not `1.5`.");
        assertThat(test(cases.replace("key: [callId], ", "")).out()).contains("has a row that is not expected");
    }

    @Test
    void whatCameOutIsWrittenAndPassesFromThenOn() throws IOException {
        String wrong =
                """
                  # stays
                  - name: two calls
                    given:
                      calls:
                        - {at: +0s, value: {callId: a, channel: VOICE, seconds: 60, price: 0.5, tags: []}}
                        - {at: +60s, value: {callId: b, channel: CHAT, seconds: 30, price: 1.5, tags: []}}
                        - {at: +2s, value: {callId: c, channel: CHAT, seconds: 10, price: 1.0, tags: []}}
                    expect:
                      out:
                        - {price: 0.5, channel: "VOICE"}   # the first window
                        - {channel: CHAT, price: 2.5}
                      paid: [{callId: a}, {callId: b}]
                    expectNone: [costs.late, costs.errors]   # stays too
                """;
        Answer answer = test(wrong, "--fix");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(answer.out()).contains("now expects what came out.");
        assertThat(Files.readString(file))
                .isEqualTo(HEAD
                        + wrong.replace("2.5}", "1.5}")
                                .replace(
                                        "{callId: b}]\n",
                                        "{callId: b}, {callId: c}]\n      costs.late: [{callId: c, channel: CHAT, seconds: 10, price: 1.0,"
                                                + " tags: [], began: +2s}]\n")
                                .replace("[costs.late, costs.errors]", "[costs.errors]"));
        assertThat(Answer.of("test", file.toString()).exitCode()).isZero();
    }

    @Test
    void aCaseThatExpectedNothingIsGivenWhatCameOut() throws IOException {
        String nothing = GOOD.replaceAll("(?s)expect:.*", "expectNone: [out, paid]\n");
        test(nothing, "--fix");
        assertThat(Files.readString(file))
                .contains("    expect:\n      out: [{channel: VOICE, price: 0.5,", "expectNone: []");
        assertThat(Answer.of("test", file.toString()).exitCode()).isZero();
    }

    @Test
    void aReportNamesEachCase() throws Exception {
        Path report = folder.resolve("report.xml");
        String bad = BAD.replace("another case", "\"<another> & 'case'\"");
        assertThat(test(GOOD + bad, "--junit", report.toString()).exitCode()).isEqualTo(ExitCode.FINDINGS);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getDocumentElement();
        Element suite = (Element) root.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        NodeList cases = root.getElementsByTagName("testcase");
        assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo("a call");
        assertThat(((Element) cases.item(1)).getAttribute("name")).isEqualTo("<another> & 'case'");
        assertThat(cases.item(0).getTextContent()).isEmpty();
        assertThat(cases.item(1).getTextContent()).contains("`price` of `out` is `0.5`, not `7.5`.");
    }

    @Test
    void wrongUseIsToldWithWhatToDo() throws IOException {
        assertUsage(Answer.of("test", folder.resolve("no.test.yaml").toString()), "Check the path of the test.");
        assertUsage(Answer.of("test", folder.resolve("calls.yaml").toString()), "Its cases would stand in");
        assertUsage(Answer.of("test", folder.toString()), "There is no file `*.test.yaml` below");
        assertUsage(test(GOOD, "--junit", folder.resolve("no/report.xml").toString()), "cannot be written");
    }

    @Test
    void aPipelineThatIsNotThereIsToldWhereItIsNamed() throws IOException {
        Files.writeString(file, HEAD.replace("calls.yaml", "other.yaml") + GOOD);
        Answer absent = Answer.of("test", file.toString());
        assertThat(absent.out()).contains(":2:11: error[unreadable-file]: There is no file `other.yaml`.");
        assertThat(absent.exitCode()).isEqualTo(ExitCode.FINDINGS);
        Files.createDirectory(folder.resolve("other.yaml"));
        assertThat(Answer.of("test", file.toString()).out()).contains("`other.yaml` is a folder.");
    }

    private static void assertUsage(Answer answer, String sentence) {
        assertThat(answer.err()).contains(sentence);
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aHookIsGivenAllFilesAndPassesOverWhatIsNoTest() throws IOException {
        String pipeline = folder.resolve("calls.yaml").toString();
        assertThat(Answer.of("test", "--pipelines-only", pipeline)).isEqualTo(new Answer(0, "", ""));
        Files.writeString(file, HEAD + GOOD);
        assertThat(Answer.of("test", "--pipelines-only", pipeline, file.toString())
                        .out())
                .isEqualTo(said("1 case passed."));
    }

    private static String said(String line) {
        return line + System.lineSeparator();
    }
}
