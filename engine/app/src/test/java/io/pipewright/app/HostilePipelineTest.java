package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to exhaust memory, time or the stack are answered as others are; {@link FuzzedPipeline} says how. */
class HostilePipelineTest {

    /** Far more than any of them takes, on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int LARGE = 300_000;

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isAnsweredInTime(String name, String text) {
        assertTimeoutPreemptively(PATIENCE, () -> FuzzedPipeline.check(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("long key", pipeline("x".repeat(LARGE) + ": 1\n")),
                arguments(
                        "long name of signs and a letter",
                        records("  R: {fields: {\"" + ".".repeat(LARGE) + "a\": int}}\n")),
                arguments("many keys", pipeline(lines(20_000, i -> "k" + i + ": 1"))),
                arguments("many stages", stages(lines(2_000, i -> "  s" + i + ": {}"))),
                arguments(
                        "long chain of stages",
                        stages(lines(
                                2_000,
                                i -> "  s" + i + ": {type: filter, from: s" + (i + 1) % 2_000
                                        + ", where: cost > 1.0}"))),
                arguments("long name", pipeline("").replace("name: a", "name: " + "x".repeat(LARGE))),
                arguments("long list", pipeline("x: [" + "a,".repeat(LARGE / 2) + "]\n")),
                arguments(
                        "references that are not closed",
                        pipeline("description: \"" + "${".repeat(LARGE / 2) + "\"\n")),
                arguments("long name of a variable", group("${env:" + "a".repeat(LARGE) + "}")),
                arguments("long reference in a secret", secret("${env:" + "a:".repeat(LARGE / 2) + "}")),
                arguments("many references in a secret", secret("${env:a}".repeat(LARGE / 8))),
                arguments(
                        "variables that double",
                        vars("  v0: {type: string, default: aaaaaaaaaa}\n"
                                + lines(
                                        60,
                                        i -> "  v" + (i + 1) + ": {type: string, default: \"${var:v" + i + "}${var:v"
                                                + i + "}\"}"))),
                arguments("a file a thousand times", group("${file:cxone.yaml}".repeat(LARGE / 18))),
                arguments(
                        "records within records",
                        records(lines(5_000, i -> "  R" + i + ": {fields: {f: R" + (i + 1) + "}}"))),
                arguments(
                        "records within records, the inner ones first",
                        records(lines(
                                20_000, i -> "  R" + i + ": {fields: {f: " + (i == 0 ? "int" : "R" + (i - 1)) + "}}"))),
                arguments(
                        "records that double",
                        records(lines(60, i -> "  R" + i + ": {fields: {a: R" + (i + 1) + ", b: R" + (i + 1) + "}}")
                                + "  R60: {fields: {a: int}}\n")),
                arguments("regex that nobody closes", where("\"a\".matches(\"" + "(".repeat(9_000) + "\")")),
                arguments("decimal in an expression", where("decimal(\"1e999999999\") > decimal(\"0\")")),
                arguments("duration in an expression", where("duration(\"999999999999d\") > duration(\"1s\")")),
                arguments("lists of lists", records("  R: {fields: {f: \"" + "list<".repeat(200_000) + "\"}}\n")),
                arguments(
                        "lists of lists that are closed",
                        records("  R: {fields: {f: \"" + "list<".repeat(100_000) + "int" + ">".repeat(100_000)
                                + "\"}}\n")),
                arguments("digits of a whole number", setting("runtime.parallelism", "9".repeat(LARGE))),
                arguments("digits of a variable", variable("long", "9".repeat(LARGE))),
                arguments("digits of a decimal", variable("decimal", "9".repeat(900_000))),
                arguments("exponent of a decimal", variable("decimal", "1e999999999")),
                arguments("exponent of a double", variable("double", "1e999999999")),
                arguments("digits of a double", variable("double", "9".repeat(LARGE))),
                arguments("long duration", variable("duration", "1h".repeat(LARGE / 2))),
                arguments("great duration", variable("duration", "999999999999d")),
                arguments("great rate", variable("rate", "9".repeat(LARGE) + "/s")),
                arguments("great size", variable("size", "9".repeat(LARGE) + "TiB")),
                arguments("timestamp", variable("timestamp", "+999999999-12-31T23:59:59.999999999Z")),
                arguments("deep brackets", where("(".repeat(3_000) + "true" + ")".repeat(3_000))),
                arguments("brackets without end", where("(".repeat(9_900))),
                arguments("lists in lists", where("[".repeat(4_900) + "]".repeat(4_900) + " == []")),
                arguments("deep negation", where("!".repeat(9_900) + "true")),
                arguments("long minus", where("-".repeat(9_900) + "1 == 1")),
                arguments("long sum", where("1" + "+1".repeat(4_900) + " > 0")),
                arguments("long disjunction", where("true" + "||true".repeat(1_600))),
                arguments("long choice", where("true?".repeat(1_400) + "true" + ":true".repeat(500))),
                arguments("deep choice", where("true?true:".repeat(990) + "true")),
                arguments("long path", where("event" + ".a".repeat(4_900))),
                arguments("many indices", where("event" + "[0]".repeat(3_000))),
                arguments("deep calls", where("size(".repeat(1_900))),
                arguments("many macros", where("[1].all(a, ".repeat(800) + "true" + ")".repeat(800))),
                arguments(
                        "ten times ten times ten",
                        where("[0,0,0,0,0,0,0,0,0,0].all(a, ".repeat(9) + "true" + ")".repeat(9))),
                arguments("an expression of a mebibyte", where("a".repeat(LARGE))),
                arguments(
                        "regex in regex",
                        where("\"a\".matches(\"" + "(".repeat(4_000) + "a" + ")".repeat(4_000) + "\")")),
                arguments("regex that counts", where("\"a\".matches(\"((((a{1000}){1000}){1000}){1000})\")")),
                arguments("regex that backtracks", where("\"a\".matches(\"(a+)+(a+)+$\")")),
                arguments("regex of classes", where("\"a\".matches(\"" + "\\\\\\\\pL{1000}".repeat(700) + "\")")));
    }

    /** What is tried is all that is wrong. */
    @Test
    void thePipelineOfTheCasesIsRight() {
        assertThat(FuzzedPipeline.compile(working("", "", "", "events", "cost > 1.0", "${env:SECRET}")
                                .getBytes(StandardCharsets.UTF_8))
                        .all())
                .extracting(finding -> finding.code())
                .containsExactly("missing-environment");
    }

    private static String pipeline(String more) {
        return "apiVersion: pipeline/v1\nname: a\n" + more;
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n")) + "\n";
    }

    private static String variable(String type, String value) {
        return vars("  v: {type: " + type + ", default: \"" + value + "\"}\n");
    }

    private static String vars(String entries) {
        return working("vars:\n" + entries, "", "", "a", "true", "${file:cxone.cql}");
    }

    private static String records(String entries) {
        return working("", entries, "", "a", "true", "${file:cxone.cql}");
    }

    private static String stages(String entries) {
        return working("", "", entries, "a", "true", "${file:cxone.cql}");
    }

    private static String group(String value) {
        return working("", "", "", value, "true", "${file:cxone.cql}");
    }

    private static String secret(String value) {
        return working("", "", "", "a", "true", value);
    }

    private static String where(String expression) {
        return working("", "", "", "a", expression, "${file:cxone.cql}");
    }

    private static String setting(String path, String value) {
        return where("true") + "\n%%%%\n{}\n%%%%\n" + path + "=" + value;
    }

    private static String working(
            String vars, String records, String stages, String group, String where, String password) {
        return pipeline(
                vars
                        + """
                connections:
                  bus:
                    type: kafka
                    bootstrapServers: [localhost:9092]
                    security: {protocol: saslSsl, mechanism: plain, username: a, password: '%s'}
                records:
                  Event: {fields: {name: string, cost: double}}
                """
                                .formatted(password)
                        + records
                        + """
                sources:
                  events:
                    type: kafka
                    connection: bus
                    topics: [events]
                    group: '%s'
                    format: {type: json, record: Event}
                stages:
                  some: {type: filter, from: events, where: '%s'}
                """
                                .formatted(group, where)
                        + stages
                        + """
                sinks:
                  out: {type: kafka, connection: bus, topic: out, from: some, format: {type: json}}
                errors: {default: fail}
                runtime: {parallelism: 1}
                """);
    }
}
