package io.pipewright.stages.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexFormatTest {

    private static final RecordType HIT = RecordType.of(
            "Hit",
            Field.of("path", Scalar.STRING),
            Field.of("status", Scalar.INT),
            Field.nullable("bytes", Scalar.LONG));
    private static final String PATTERN = "GET (?P<path>\\S+) (?P<status>\\d+)(?: (?P<bytes>\\d+))?";

    private final RegexFormat format = new RegexFormat();
    private final List<String> refused = new ArrayList<>();

    @Test
    void namedGroupsAreFieldsAndOneWithoutPartInTheMatchIsNull() throws Exception {
        assertThat(decoded(HIT, "GET /ü 200 17")).isEqualTo(new Decoded.Ok(DataRecord.of("/ü", 200, 17L)));
        assertThat(decoded(HIT, "GET / 404")).isEqualTo(new Decoded.Ok(DataRecord.of("/", 404, null)));
        assertThat(decoded(HIT.project(List.of("status")), "GET / 404")).isEqualTo(new Decoded.Ok(DataRecord.of(404)));
    }

    @Test
    void theWholeLineMustMatchAndEveryGroupBeOfItsType() throws Exception {
        for (String line : List.of("", "GET / 404 ", " GET / 404", "PUT / 404")) {
            assertThat(decoded(HIT, line))
                    .isEqualTo(
                            new Decoded.Malformed("no-match", "The line does not match the `pattern` of its format."));
        }
        assertThat(decoded(HIT.project(List.of("path")), "GET / 99999999999"))
                .isEqualTo(new Decoded.Malformed(
                        "out-of-range", "Field `status` must be an int, but 99999999999 is out of range."));
        assertThat(format.source(new RegexOptions(PATTERN), DeclaredRecord.of(HIT), this::note)
                        .orElseThrow()
                        .decoder(HIT)
                        .decode(new byte[] {(byte) 0xFF}, null))
                .isEqualTo(new Decoded.Malformed("invalid-utf8", "Byte 0 of 1, 0xFF, is not UTF-8."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "(?P<path>a)(?P<status>b! pattern: This is no regular expression: missing closing ).",
                "(?P<path>a)(?=x)(?P<status>b)!"
                        + " pattern: This is no regular expression: invalid or unsupported Perl syntax.",
                "(?P<path>a)(?P<stauts>b)! pattern: `Hit` has no field for the group `stauts`.",
                "a*! pattern: No group is named `path`, `status`, which `Hit` forbids to be null.",
                "((a{1000}){1000}){1000}! pattern: The expression would be too large with its repetitions written out.",
            })
    void patternsThatCannotBeMeantAreRefused(String pattern, String problem) {
        assertThat(format.source(new RegexOptions(pattern), DeclaredRecord.of(HIT), this::note))
                .isEmpty();
        assertThat(refused).containsExactly(problem);
    }

    @Test
    void listsAndSinksAreRefused() {
        RecordType deep = RecordType.of("Deep", Field.nullable("tags", new ListType(Scalar.STRING)));
        assertThat(format.source(new RegexOptions("a"), DeclaredRecord.of(deep), this::note))
                .isEmpty();
        assertThat(format.sink(new RegexOptions(PATTERN), HIT, this::note)).isEmpty();
        assertThat(refused)
                .containsExactly(
                        "record: `regex` has no place for a `list<string>`, and `tags` of `Deep` is one.",
                        ": `regex` reads and does not write.");
    }

    private void note(String option, String message, String hint) {
        refused.add(option + ": " + message);
    }

    private Decoded decoded(RecordType materialised, String line) throws Exception {
        return InstantiationUtil.clone(format.source(new RegexOptions(PATTERN), DeclaredRecord.of(HIT), this::note)
                        .orElseThrow()
                        .decoder(materialised))
                .decode(line.getBytes(UTF_8), null);
    }
}
