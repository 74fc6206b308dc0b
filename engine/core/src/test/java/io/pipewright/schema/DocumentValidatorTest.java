package io.pipewright.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentValidatorTest {

    private static final String GOOD =
            """
            apiVersion: pipeline/v1
            name: good
            vars:
              rate: {type: rate, default: 500/s}
            connections:
              main: {type: server, address: "${env:HOST:-localhost}"}
            records:
              Event:
                unknown: ignore
                fields:
                  id: string
                  at: {type: "timestamp?", path: a.b, format: millis}
            sources:
              events:
                type: feed
                connection: main
                topics: ${env:TOPICS}
                format: {type: lines, record: Event, blank: deadLetter}
                rateLimit: ${var:rate}
                description:
            stages:
              groups:
                type: batch
                from: [events, events.errors]
                keyBy: []
                window: {type: sliding, size: 1m, slide: "${var:slide}"}
                aggregate: {n: 1, flag: true, nothing: null, c: count()}
                quick: ${env:QUICK}
                limit: 3
                share: 1
                order: byName
                steps:
                  - {id: a, where: 'x == 1'}
                  - {id: 2}
            sinks:
              out: {type: store, from: groups, format: {type: lines}, onError: drop, parallelism: 2}
            errors: {default: deadLetter}
            runtime: {parallelism: 2, checkpoint: {every: 60s}}
            """;

    private static final DocumentValidator VALIDATOR =
            new DocumentValidator(FakePlugins.catalog(), OptionsModel.of(FakePlugins.RuntimeOptions.class));

    private static Checked<ValidDocument> validate(String text) {
        return VALIDATOR.validate(
                YamlReader.read("p.yaml", text.getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }

    private static List<String> findings(String text) {
        return validate(text).diagnostics().all().stream()
                .map(Diagnostic::toString)
                .toList();
    }

    /** The findings of the good pipeline with one part written otherwise. */
    private static List<String> changed(String part, String other) {
        assertThat(GOOD).contains(part);
        return findings(GOOD.replace(part, other));
    }

    private static String hint(String part, String other) {
        List<Diagnostic> all = validate(GOOD.replace(part, other)).diagnostics().all();
        assertThat(all).hasSize(1);
        return all.get(0).hintText().orElse("");
    }

    @Test
    void takesAPipelineInWhichEverythingIsRight() {
        assertThat(findings(GOOD)).isEmpty();
        assertThat(validate(GOOD).value()).isPresent();
    }

    @Test
    void pointsAtTheKeyOfAnUnknownOptionAndNamesTheNearest() {
        assertThat(changed("limit: 3", "limt: 3"))
                .containsExactly("p.yaml:29:5: error[unknown-option]: `limt` is not an option of `batch`.");
        assertThat(hint("limit: 3", "limt: 3"))
                .isEqualTo("did you mean `limit`? Options: type, from, keyBy, window, aggregate, with, quick, limit,"
                        + " share, order, steps, description, parallelism, onError, uid.");
    }

    @Test
    void reportsAMisspeltRequiredOptionOnceAndNotAlsoAsMissing() {
        assertThat(changed("keyBy: []", "keyby: []"))
                .containsExactly("p.yaml:25:5: error[unknown-option]: `keyby` is not an option of `batch`.");
        assertThat(changed("slide: \"${var:slide}\"", "slde: 1m"))
                .containsExactly("p.yaml:26:39: error[unknown-option]: `slde` is not an option of `window`.");
    }

    @Test
    void tellsMissingOptionsAtTheKeyOfTheEntryThatLacksThem() {
        assertThat(changed("    keyBy: []\n", ""))
                .containsExactly("p.yaml:22:3: error[missing-option]: `batch` needs `keyBy`.");
        assertThat(changed("size: 1m, slide: \"${var:slide}\"", ""))
                .containsExactly("p.yaml:26:5: error[missing-option]: `window` needs `size` and `slide`.");
        assertThat(changed("- {id: 2}", "- {}"))
                .containsExactly("p.yaml:34:9: error[missing-option]: An entry of `steps` needs `id`.");
    }

    @Test
    void takesNullForARequiredOptionAsMissing() {
        assertThat(changed("keyBy: []", "keyBy:"))
                .containsExactly("p.yaml:25:5: error[missing-option]: `keyBy` has no value.");
        assertThat(changed("limit: 3", "limit: ~")).isEmpty();
        assertThat(changed("onError: drop", "onError:"))
                .containsExactly("p.yaml:36:59: error[missing-option]: `onError` has no value.");
    }

    @Test
    void takesAnExpressionThatIsNullButNotAnEmptyOne() {
        assertThat(changed("where: 'x == 1'", "where: null")).isEmpty();
        assertThat(changed("where: 'x == 1'", "where: "))
                .containsExactly("p.yaml:33:17: error[missing-option]: `where` has no value.");
    }

    @Test
    void findsItsWayBackToAKeyOfAnySigns() {
        assertThat(changed(
                        "  out: {type: store, from: groups, format: {type: lines}",
                        "  'a~1/b\\\"\ue0001': {type: store, frm: 1"))
                .anySatisfy(
                        finding -> assertThat(finding).startsWith("p.yaml:36:").contains("`frm`"));
        assertThat(changed("steps:", "'st\\\"~0/eps': {'\\\"~': 1}\n    steps:"))
                .hasSize(1);
    }

    @Test
    void namesTheKindThatIsWanted() {
        assertThat(changed("topics: ${env:TOPICS}", "topics: a"))
                .containsExactly("p.yaml:17:13: error[wrong-kind]: `topics` takes a list here, not a text.");
        assertThat(hint("topics: ${env:TOPICS}", "topics: a")).isEqualTo("write `topics: [a]`.");
        assertThat(changed("limit: 3", "limit: [3]"))
                .containsExactly("p.yaml:29:12: error[wrong-kind]: `limit` takes an integer here, not a list.");
        assertThat(changed("limit: 3", "limit: 1.5"))
                .containsExactly("p.yaml:29:12: error[wrong-kind]: `limit` takes an integer here, not a number.");
        assertThat(hint("limit: 3", "limit: \"3\"")).isEqualTo("write it without quotes: `3`.");
        assertThat(changed("quick: ${env:QUICK}", "quick: yes"))
                .containsExactly("p.yaml:28:12: error[wrong-kind]: `quick` takes a boolean here, not a text.");
        assertThat(changed("c: count()", "c: [count()]"))
                .containsExactly("p.yaml:27:53: error[wrong-kind]: `c` takes an expression here, not a list.");
        assertThat(changed("id: string", "id: [string]"))
                .containsExactly("p.yaml:11:11: error[wrong-kind]: `id` takes a type or a map here, not a list.");
        assertThat(changed("[events, events.errors]", "{a: b}"))
                .containsExactly(
                        "p.yaml:24:11: error[wrong-kind]: `from` takes a text or a list of texts here, not a map.");
        assertThat(changed("events.errors", "[b]"))
                .containsExactly("p.yaml:24:20: error[wrong-kind]: `from` takes a text here, not a list.");
    }

    @Test
    void listsTheValuesOfAChoice() {
        assertThat(changed("order: byName", "order: byname"))
                .containsExactly("p.yaml:31:12: error[bad-value]: `order` cannot be `byname`.");
        assertThat(hint("order: byName", "order: byname")).isEqualTo("did you mean `byName`? Values: byTime, byName.");
        assertThat(changed("order: byName", "order: ${env:ORDER}")).isEmpty();
        assertThat(changed("{default: deadLetter}", "{default: \"${env:ORDER}\"}"))
                .containsExactly("p.yaml:37:19: error[bad-value]: `default` cannot be `${env:ORDER}`.");
    }

    @Test
    void suppressesEverythingBelowATypeThatDoesNotExist() {
        assertThat(changed("type: batch", "type: bach"))
                .containsExactly("p.yaml:23:11: error[unknown-stage-type]: `bach` is not a type of stage.");
        assertThat(hint("type: batch", "type: bach")).isEqualTo("did you mean `batch`? Types: batch.");
        assertThat(changed("type: server, address", "type: queue, adress"))
                .containsExactly("p.yaml:6:16: error[unknown-type]: `queue` is not a type of connection.");
        assertThat(changed("type: sliding", "type: slidng"))
                .containsExactly("p.yaml:26:20: error[unknown-type]: `slidng` is not a type of `window`.");
        assertThat(changed("format: {type: lines, record", "format: {type: line, record"))
                .containsExactly("p.yaml:18:20: error[unknown-type]: `line` is not a type of format.");
        assertThat(changed("    type: batch\n", ""))
                .containsExactly("p.yaml:22:3: error[missing-option]: `groups` needs a `type`.");
    }

    @Test
    void looksAtTheOptionsOfTheTypeThatIsSurelyMeant() {
        assertThat(changed("type: server, address", "type: servr, adress"))
                .containsExactly(
                        "p.yaml:6:16: error[unknown-type]: `servr` is not a type of connection.",
                        "p.yaml:6:23: error[unknown-option]: `adress` is not an option of `server`.");
        assertThat(changed("type: server, address", "type: servr, port"))
                .containsExactly("p.yaml:6:16: error[unknown-type]: `servr` is not a type of connection.");
    }

    @Test
    void saysWhereATypeOfAnotherBlockBelongs() {
        assertThat(hint("type: batch", "type: store"))
                .isEqualTo("`store` is a type of sink: move the entry to `sinks`.");
    }

    @Test
    void checksTheOptionsOfFormats() {
        assertThat(changed("blank: deadLetter}", "blnk: skip}"))
                .containsExactly("p.yaml:18:42: error[unknown-option]: `blnk` is not an option of `format`.");
        assertThat(changed(", record: Event", ""))
                .containsExactly("p.yaml:18:5: error[missing-option]: `format` needs `record`.");
        assertThat(changed("format: {type: lines}", "format: {type: lines, record: Event}"))
                .containsExactly("p.yaml:36:58: error[unknown-option]: `record` is not an option of `format`.");
    }

    @Test
    void refusesFromAtASource() {
        assertThat(hint("    description:\n", "    from: x\n"))
                .isEqualTo("a source reads from outside; stages and sinks say `from`.");
    }

    @Test
    void namesOurOptionForOneOfATutorial() {
        assertThat(hint("onError: drop", "setBatchSize: 5")).contains("maxInFlight");
    }

    @Test
    void checksTheEnvelope() {
        assertThat(changed("pipeline/v1", "pipeline/v2"))
                .containsExactly(
                        "p.yaml:1:13: error[bad-api-version]: `pipeline/v2` is no version of the pipeline language.");
        assertThat(changed("errors:", "erors:"))
                .containsExactly("p.yaml:37:1: error[unknown-key]: `erors` is not a key of a pipeline.");
        assertThat(findings("name: x\n"))
                .containsExactly("p.yaml:1:1: error[missing-key]: A pipeline needs `apiVersion`, `records`, `sources`"
                        + " and `sinks`.");
        assertThat(changed("type: rate,", "type: rat,"))
                .containsExactly("p.yaml:4:16: error[bad-value]: `type` cannot be `rat`.");
        assertThat(changed("checkpoint: {every: 60s}", "checkpoint: {evry: 60s}"))
                .containsExactly("p.yaml:38:40: error[unknown-option]: `evry` is not an option of `checkpoint`.");
        assertThat(changed("format: millis", "fromat: millis"))
                .containsExactly("p.yaml:12:43: error[unknown-key]: `fromat` is not a key of a field.");
        assertThat(changed("unknown: ignore\n    fields:", "unknown: ignore\n    flds:"))
                .containsExactly("p.yaml:10:5: error[unknown-key]: `flds` is not a key of a record.");
        assertThat(findings(GOOD.replaceAll("(?s)    fields:.*?sources:", "sources:")))
                .containsExactly("p.yaml:8:3: error[missing-key]: `Event` declares no fields.");
    }

    @Test
    void checksAnEntryThatHasNoValue() {
        assertThat(findings(GOOD + "checks:\n  one:\n"))
                .containsExactly("p.yaml:40:3: error[missing-option]: `one` has no value.");
        assertThat(findings(GOOD + "checks: [one]\n"))
                .containsExactly("p.yaml:39:9: error[wrong-kind]: `checks` takes a map here, not a list.");
    }

    @Test
    void collectsAllFindingsOfAllEntries() {
        String text = GOOD.replace("limit: 3", "limt: 3")
                .replace("order: byName", "order: x")
                .replace("slide: \"${var:slide}\"", "slde: 1m")
                .replace("type: store, from: groups", "type: store")
                .replace("errors: {default: deadLetter}", "errors: {}");
        assertThat(validate(text).diagnostics().all())
                .extracting(Diagnostic::code)
                .containsExactly("unknown-option", "unknown-option", "bad-value", "missing-option", "missing-key");
        assertThat(validate(text).value()).isPresent();
    }

    @Test
    void followsAliases() {
        assertThat(changed("{every: 60s}", "&c {every: 60s}")).isEmpty();
        assertThat(findings(GOOD.replace("keyBy: []", "keyBy: &k [a, [b]]").replace("- {id: 2}", "- {id: *k}")))
                .containsExactly(
                        "p.yaml:25:15: error[wrong-kind]: `id` takes a text here, not a list.",
                        "p.yaml:25:19: error[wrong-kind]: `keyBy` takes a text here, not a list.");
    }

    @Test
    void takesNumbersThatJsonDoesNotHave() {
        assertThat(changed("share: 1", "share: .nan"))
                .containsExactly("p.yaml:30:12: error[wrong-kind]: `share` takes a number here, not `.nan`.");
        assertThat(changed("share: 1", "share: 1e3")).isEmpty();
        assertThat(changed("limit: 3", "limit: 99999999999999999999")).isEmpty();
    }
}
