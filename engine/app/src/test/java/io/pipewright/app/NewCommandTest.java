package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code new}: what it writes is a pipeline without findings. */
class NewCommandTest {

    private final Path folder = TestPlace.folder("new");

    private Answer create(String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "new";
        System.arraycopy(args, 0, all, 1, args.length);
        all[all.length - 2] = "--folder";
        all[all.length - 1] = folder.toString();
        return Answer.of(all);
    }

    private String written(String name) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Answer validate = Answer.of("validate", "--strict", file.toString());
        assertThat(validate.exitCode())
                .as("%s\n%s", validate.out(), Files.readString(file))
                .isZero();
        Answer format = Answer.of("fmt", "--check", file.toString());
        assertThat(format.exitCode()).as(format.out()).isZero();
        return Files.readString(file);
    }

    private Path samples(String... lines) throws IOException {
        return Files.write(folder.resolve("samples.jsonl"), List.of(lines));
    }

    @Test
    void theTemplateHasNoFindings() throws IOException {
        assertThat(create().exitCode()).isZero();
        assertThat(written("pipeline")).contains("orderedAt: timestamp\n", "amount: double\n", "keyBy: [shop]\n");
        assertThat(folder.resolve("pipeline.jsonl")).isNotEmptyFile();
    }

    @Test
    void theRecordFitsTheSamples() throws IOException {
        Path samples = samples(
                "{\"id\": 1, \"contact\": {\"agent-id\": \"a\"}, \"ts\": 1767225600000, \"in\": true, \"tags\": [\"x\"], \"odd\": 1}",
                "{\"id\": 2, \"contact\": {\"agent-id\": \"a\"}, \"ts\": 1767225601000, \"in\": null, \"tags\": [], \"odd\": \"b\"}",
                "");
        assertThat(create("orders", "--from-json", samples.toString()).exitCode())
                .isZero();
        assertThat(written("orders"))
                .contains("      id: long\n")
                .contains("      contactAgentId: {type: string, path: contact.agent-id}\n")
                .contains("      ts: {type: timestamp, format: millis}\n")
                .contains("      in_: {type: \"boolean?\", path: in}\n")
                .contains("      tags: list<string>\n")
                .contains("      # odd is left out: its values are of several types.\n")
                .containsPattern("    path: \\S*/samples.jsonl\n")
                .containsPattern("path: \\S+/orders-out/results, format")
                .contains("keyBy: [contactAgentId]");
    }

    @Test
    void numbersThatWouldAllBeMomentsAreTimesUnderAnyName() throws IOException {
        Path samples = samples(
                "{\"id\": 1, \"mark\": 1767225600000, \"size\": 1767225600000, \"when\": 1767225600, \"marks\": [1767225600000]}",
                "{\"id\": 2, \"mark\": 1767225601000, \"size\": 12, \"when\": 1767225601, \"marks\": [1767225601000]}");
        assertThat(create("orders", "--from-json", samples.toString()).exitCode())
                .isZero();
        assertThat(written("orders"))
                .containsPattern("      mark: \\{type: timestamp, format: millis} +# a guess: .* else write long\n")
                .contains("      size: long\n")
                .contains("      when: {type: timestamp, format: seconds}\n")
                .contains("      marks: list<long>\n")
                .contains("eventTime: {field: when,");
    }

    /** What is an object in one sample and null in another has only the fields of the object. */
    @Test
    void anObjectThatMayBeNullIsItsFields() throws IOException {
        Path samples = samples("{\"id\": 1, \"address\": {\"city\": \"B\"}}", "{\"id\": 2, \"address\": null}");
        assertThat(create("nested", "--from-json", samples.toString()).exitCode())
                .isZero();
        assertThat(written("nested")).contains("addressCity: {").doesNotContain("address:");
    }

    @Test
    void whatIsNoFieldOfOneTypeIsLeftOutWithTheReason() throws IOException {
        Path samples = samples(
                "{\"id\": 1, \"items\": [{\"sku\": \"a\"}], \"place\": {\"city\": \"B\"}}",
                "{\"id\": 2, \"items\": [{\"sku\": \"b\"}], \"place\": \"B\"}");
        assertThat(create("lists", "--from-json", samples.toString()).exitCode())
                .isZero();
        assertThat(written("lists"))
                .contains("# items is left out: it is a list of objects.")
                .contains("# place is left out: its values are of several types.")
                .doesNotContain("placeCity");
    }

    @Test
    void samplesWithoutATimeAreCopied() throws IOException {
        Path samples = samples("{\"a\": 1}", "{\"a\": 2.5, \"b\": null}");
        assertThat(create("plain", "--from-json", samples.toString()).exitCode())
                .isZero();
        assertThat(written("plain"))
                .contains("      a: double\n", "      b: string?\n")
                .doesNotContain("stages:", "eventTime");
    }

    @Test
    void aByteOrderMarkBeforeTheSamplesIsNoPartOfThem() throws IOException {
        Path samples = samples("\uFEFF{\"a\": 1}");
        assertThat(create("marked", "--from-json", samples.toString()).exitCode())
                .isZero();
        assertThat(written("marked")).contains("      a: long\n");
    }

    @Test
    void aFileIsNeverReplaced() throws IOException {
        assertThat(create("twice").exitCode()).isZero();
        String before = written("twice");
        Answer again = create("twice");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("twice.yaml` is there already.");
        assertThat(written("twice")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{\"a\": ", "plain text", "7"})
    void aLineThatIsNoObjectIsNamed(String line) throws IOException {
        Answer answer = create("bad", "--from-json", samples("{\"a\": 1}", line).toString());
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().strip()).startsWith("Line 2 of `").contains("Give one object on each line");
        assertThat(folder.resolve("bad.yaml")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "1st", "with space", ""})
    void aNameThatCannotBeOneIsWrongUsage(String name) {
        Answer answer = create(name);
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("cannot be the name of a pipeline");
    }

    @Test
    void aSampleThatThereIsNotIsWrongUsage() {
        Answer answer =
                create("none", "--from-json", folder.resolve("nowhere.jsonl").toString());
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).startsWith("There is no file `").contains("--from-json");
    }
}
