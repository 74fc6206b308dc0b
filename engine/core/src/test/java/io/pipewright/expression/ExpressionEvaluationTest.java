package io.pipewright.expression;

import static io.pipewright.expression.Checking.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.expression.EvaluationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionEvaluationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recordType == \"interaction\"",
                "status != \"SUCCESS\"",
                "\"FAILURE\" == status",
                "has(customerId) && has(status)",
                "!has(note)",
                "note != \"x\"",
                "note == note",
                "!(note in [\"x\"])",
                "customer.tier == \"GOLD\"",
                "customer.visits == 3",
                "has(customer) && customer.visits > 2",
                "orElse(customer.tier, \"UNKNOWN\") == \"GOLD\"",
                "orElse(note, \"none\") == \"none\"",
                "callback[0].channel == \"VOICE\"",
                "size(failure) == 2",
                "failure.map(f, f.cost).sum() == 3.5",
                "failure.map(f, f.tries).sum() == 3",
                "failure.filter(f, has(f.agent)).map(f, f.channel) == [\"VOICE\"]",
                "failure.map(f, has(f.agent), f.agent) == [\"ann\"]",
                "failure.exists(f, f.channel == \"CHAT\")",
                "failure.exists_one(f, f.cost > 1.6)",
                "failure.all(f, callback.exists(c, c.cost > f.cost))",
                "[].sum() == 0",
                "n + cost == 9.5",
                "n > 2.5 && cost < 3",
                "orElse(discount, 0) == 0.0",
                "(paid ? n : cost) == 7.0",
                "n in [1, 7]",
                "n % 4 == 3",
                "price == decimal(\"19.9\")",
                "price * 2 > 39",
                "price - decimal(0.9) == 19",
                "raw == b\"\\x01\\x02\"",
                "timestamp > timestamp(\"2026-01-01T00:00:00Z\")",
                "timestamp.getHours() == 4",
                "timestamp.getHours(\"Europe/Berlin\") == 5",
                "wait == duration(\"1m30s\")",
                "wait + duration(\"500ms\") == duration(\"90500ms\")",
                "toMillis(wait) == 90000",
                "toMillis(timestamp) == 1770091506789",
                "toInt(\"12\") == 12",
                "toInt(2.9) == 2",
                "\"a\" in tags",
                "\"k\" in labels && labels.k == \"v\" && labels[\"k\"] == \"v\"",
                "has(labels.k) && !has(labels.q)",
                "sizes == [1, 2, 3]",
                "sizes[2] == 3",
                "sizes.map(s, s * 2) == [2, 4, 6]",
                "sizes.sum() == 6",
                "address.city == \"Ulm\"",
                "!has(address.zip)",
                "n > vars.limit && vars.region == \"EU\" && wait > vars.pause",
                "status.lowerAscii() == \"failure\"",
                "status.substring(1, 3) == \"AI\"",
                "\"a,b\".split(\",\") == tags",
                "tags.join(\"-\") == \"a-b\"",
                "status.matches(\"^F.*E$\")",
                "has(note) && note.startsWith(\"x\") || paid",
                "(has(note) ? note : status) == \"FAILURE\"",
                "!has(note) || note.size() > 3",
                "customerId == \"c1\" && customerId.size() == 2",
                "1 / 0 == 1 || paid",
                "!(1 / 0 == 1 && !paid)",
                "string(n) + \"x\" == \"7x\"",
                "big > n",
                "day == day",
                "string(false) == \"false\"",
                "price % 3 == decimal(\"1.9\") && 7 % decimal(\"2.5\") == 2",
                "math.greatest(cost, n) == 7.0 && math.least(price, n) == n",
                "math.greatest(n, big, sizes[2]) == big",
                "math.round(cost) == 3.0 && math.round(2.675, 2) == 2.68",
                "math.round(0.49999999999999994) == 0.0",
                "math.abs(timestamp - timestamp(\"2026-02-03T04:05:07Z\")) == duration(\"211ms\")",
                "!has(note) && orElse(nullIf(status, \"FAILURE\"), \"none\") == \"none\"",
                "nullIf(note, \"x\") == note && nullIf(n, 8) == 7 && nullIf(cost, 0) == cost",
                "orElse(regex.extract(status, \"^F(.*)E$\"), \"\") == \"AILUR\"",
                "orElse(regex.extract(status, \"(x)?F\"), \"none\") == \"none\"",
                "regex.extractAll(status, tags[0]) == []",
                "status.matches(status.substring(0, 2) + \".*\")",
                "regex.replace(status, \"[AEIOU]\", r\"<\\0>\") == \"F<A><I>L<U>R<E>\"",
                "timestamp.truncate(\"hour\", \"Asia/Kolkata\") == timestamp(\"2026-02-03T03:30:00Z\")",
                "timestamp.truncate(\"week\") == timestamp(\"2026-02-02T00:00:00Z\")",
                "timestamp.truncate(\"quarter\") == timestamp.truncate(\"year\")",
                "timestamp(\"2026-10-25T12:00:00Z\").truncate(\"day\", \"Europe/Berlin\")"
                        + " == timestamp(\"2026-10-24T22:00:00Z\")",
                "timestamp(\"2018-11-04T12:00:00Z\").truncate(\"day\", \"America/Sao_Paulo\")"
                        + " == timestamp(\"2018-11-04T03:00:00Z\")",
                "timestamp.format(\"yy-MMM-d h:mm a, EEE XXX\", \"Europe/Berlin\") == \"26-Feb-3 5:05 AM, Tue +01:00\"",
                "day == date(timestamp) && day.format(\"dd.MM.yyyy\") == \"03.02.2026\"",
                "timestamp(\"3.2.2026\", \"d.M.yyyy\", \"Europe/Berlin\") == timestamp(\"2026-02-02T23:00:00Z\")",
                "timestamp(\"03-feb-26 04:05 pm\", \"dd-MMM-yy hh:mm a\").getHours() == 16",
                "fromMillis(toMillis(timestamp)) == timestamp",
                "sha256(raw) == sha256(b\"\\x01\\x02\") && sha256(\"\").size() == 64",
            })
    void isTrue(String condition) {
        assertThat(evaluate(condition)).isEqualTo(true);
    }

    @Test
    void valuesHaveTheClassesOfTheirTypes() {
        assertThat(evaluate("n")).isEqualTo(7L);
        assertThat(evaluate("sizes")).isEqualTo(List.of(1L, 2L, 3L));
        assertThat(evaluate("note")).isNull();
        assertThat(evaluate("price + 1")).isEqualTo(new BigDecimal("20.90"));
        assertThat(evaluate("timestamp")).isEqualTo(Instant.parse("2026-02-03T04:05:06.789Z"));
        assertThat(evaluate("timestamp - timestamp(\"2026-02-03T04:05:06Z\")")).isEqualTo(Duration.ofMillis(789));
        assertThat(evaluate("{\"a\": n}")).isEqualTo(Map.of("a", 7L));
        assertThat(evaluate("\"REPEATED\"")).isEqualTo("REPEATED");
        assertThat(evaluate("paid ? note : status")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1 / (n - 7), division-by-zero",
        "n % (n - 7), division-by-zero",
        "big * big, overflow",
        "callback[1].channel, index-out-of-range",
        "labels[\"q\"], no-such-key",
        "toInt(status), bad-value",
        "'1 / (n - 7) == 1 && paid', division-by-zero",
        "'1 / (n - 7) == 1 || !paid', division-by-zero",
        "'duration(status)', bad-literal",
        "n % (price - price), division-by-zero",
        "math.abs(-9223372036854775807 - 1), overflow",
        "'math.greatest(sizes.filter(s, s > 9))', bad-value",
        "'regex.extract(status, tags[0] + \"(\")', bad-literal",
        "'timestamp.truncate(status)', bad-literal",
        "'timestamp.format(\"HH\", status)', unknown-zone",
        "'timestamp(\"31/Feb/2026\", \"dd/MMM/yyyy\")', bad-value",
        "fromMillis(9223372036854775807), overflow",
    })
    void hasNoValue(String expression, String code) {
        assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOfSatisfying(
                        EvaluationException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
