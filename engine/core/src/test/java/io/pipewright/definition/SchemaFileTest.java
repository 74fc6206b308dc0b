package io.pipewright.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'string' | string",
                "'boolean' | boolean",
                "'int' | int",
                "'long' | long",
                "'float' | double",
                "'double' | double",
                "'bytes' | bytes",
                "['null', 'long'] | long?",
                "['long'] | long",
                "{'type': 'fixed', 'name': 'F', 'size': 4} | bytes",
                "{'type': 'enum', 'name': 'E', 'symbols': ['A']} | string",
                "{'type': 'array', 'items': 'int'} | list<int>",
                "['null', {'type': 'map', 'values': {'type': 'array', 'items': 'string'}}] | map<string,list<string>>?",
                "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2} | decimal",
                "{'type': 'fixed', 'name': 'D', 'size': 4, 'logicalType': 'decimal', 'precision': 9} | decimal",
                "{'type': 'int', 'logicalType': 'date'} | date",
                "{'type': 'string', 'logicalType': 'uuid'} | string",
                "{'type': 'int', 'logicalType': 'time-millis'} | int",
                "{'type': 'string', 'logicalType': 'date'} | string",
                "{'type': 'long', 'logicalType': 'timestamp-millis'} | timestamp",
                "{'type': {'type': 'long', 'logicalType': 'timestamp-micros'}} | timestamp",
            })
    void typesOfAvroAreTypesOfFields(String schema, String type) {
        assertThat(avro(schema).fields().get(0).field().text()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type': 'string'} | string",
                "{'type': 'string', 'format': 'date-time'} | timestamp",
                "{'type': 'string', 'format': 'date'} | date",
                "{'type': 'string', 'format': 'duration'} | duration",
                "{'type': 'string', 'format': 'email', 'maxLength': 9} | string",
                "{'type': 'string', 'contentEncoding': 'base64'} | bytes",
                "{'type': 'integer'} | long",
                "{'type': 'number'} | double",
                "{'type': 'boolean'} | boolean",
                "{'type': ['null', 'integer']} | long?",
                "{'anyOf': [{'type': 'null'}, {'$ref': '#/$defs/Day'}]} | date?",
                "{'type': 'array', 'items': {'type': 'integer'}} | list<long>",
                "{'type': 'object', 'additionalProperties': {'type': 'number'}} | map<string,double>",
                "{'$ref': '#/$defs/Day'} | date",
            })
    void typesOfJsonSchemaAreTypesOfFields(String schema, String type) {
        assertThat(json(schema, "'f'").fields().get(0).field().text()).isEqualTo(type);
        assertThat(json(schema, "").fields().get(0).field().nullable()).isTrue();
    }

    @Test
    void recordsInRecordsAndTheWayTimesAreWrittenAreKept() {
        DeclaredRecord outer = avro("{'type': 'array', 'items': {'type': 'record', 'name': 'a.b.Item', 'fields': ["
                + "{'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-micros'}}]}}},"
                + "{'name': 'again', 'type': ['null', 'a.b.Item']}, {'name': 'short', 'type': 'Item'");
        assertThat(outer.name()).isEqualTo("Event");
        assertThat(outer.type().toString()).isEqualTo("Event{f: list<Item>, again: Item?, short: Item}");
        DeclaredRecord item = Objects.requireNonNull(outer.fields().get(0).nested());
        assertThat(item.fields().get(0).format()).isEqualTo(TimestampFormat.MICROS);
        DeclaredRecord json = json(
                "{'type': 'object', 'required': ['at'], 'properties':"
                        + " {'at': {'type': 'string', 'format': 'date-time'}, 'n': {'type': 'integer'}}}",
                "'f'");
        assertThat(Objects.requireNonNull(json.fields().get(0).nested()).type().toString())
                .isEqualTo("f{at: timestamp, n: long?}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "['string', 'int'] | 1:88 this is a union of several types, which no field of a record can be.",
                "'null' | 1:88 this is never anything but null, which no field of a record can be.",
                "'strnig' | 1:88 there is no type `strnig`.",
                "{'type': 'array', 'items': ['null', 'int']} | 1:88 what is in this list or map may be null, and here it may"
                        + " not.",
                "{'type': 'array'} | 1:88 this is no type of Avro.",
                "'Event' | 1:88 this is the record `Event`, which would contain itself, which no field of a record can be.",
                "{'type': 'X', 'name': 'X'} | 1:88 there is no type `X`.",
                "{'type': 'record', 'name': 'E', 'fields': []} | 1:88 this record has no fields.",
                "{'type': 'record', 'name': 'E'} | 1:88 this record has no list of `fields`.",
                "'int'}, {'name': 'f', 'type': 'int' | 1:96 this is a second field `f`.",
                "'int'}, {'name': 'a-b', 'type': 'int' | 1:96 `a-b` cannot be the name of a field.",
                "{'type': 'enum', 'name': 'a.E'}}, {'name': 'g', 'type': {'type': 'enum', 'name': 'b.E'}}, {'name': 'h',"
                        + " 'type': 'E' | 1:200 there are several types `E`.",
            })
    void whatAvroHasAndARecordHasNotIsSaidWithItsPlace(String schema, String problem) {
        assertThat(problems("event.avsc", avroText(schema))).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type': ['string', 'integer']} | 1:68 this is a choice of several types, which no field of a record can be.",
                "{} | 1:59 this is of no stated `type`, which no field of a record can be.",
                "true | 1:59 this is of no stated `type`, which no field of a record can be.",
                "{'type': 'object'} | 1:59 this is an object of any content, which no field of a record can be.",
                "{'type': 'list'} | 1:68 there is no type `list`.",
                "{'type': 'array', 'items': {'type': ['null', 'string']}} | 1:59 what is in this list or map may be null, and"
                        + " here it may not.",
                "{'$ref': '#'} | 1:59 this is `#`, which would contain itself, which no field of a record can be.",
                "{'$ref': '#/$defs/Loop'} | 1:176 this is `#/$defs/Loop`, which would contain itself, which no field of a"
                        + " record can be.",
                "{'$ref': 'other.json'} | 1:59 `other.json` is no place of this file.",
                "{'type': 'string'}, 'a-b': {'type': 'string'} | 1:86 `a-b` cannot be the name of a field.",
            })
    void whatJsonSchemaHasAndARecordHasNotIsSaidWithItsPlace(String schema, String problem) {
        assertThat(problems("event.json", jsonText(schema, "'f'"))).containsExactly(problem);
    }

    @Test
    void allThatIsWrongWithAFileIsToldInOneGo() {
        String inner = "{'type': 'record', 'name': 'In', 'fields': [{'name': 'a', 'type': 'txt'}, {'name': 'b'}]}";
        assertThat(problems("event.avsc", avroText(inner + "}, {'name': 'g', 'type': ['int', 'long']")))
                .extracting(problem -> problem.substring(problem.indexOf(' ') + 1))
                .containsExactly(
                        "there is no type `txt`.",
                        "this is no field.",
                        "this is a union of several types, which no field of a record can be.");
        String twice = "{'type': 'list'}, 'g': {'type': 'object', 'properties': {'h': {}}}, 'i': {'type': 'string'}";
        assertThat(problems("event.json", jsonText(twice, "'f'"))).hasSize(2);
    }

    @Test
    void aRecordThatWasReadInVainCanBeNamedAgain() {
        String item = "{'type': 'record', 'name': 'Item', 'fields': [{'name': 'a', 'type': 'txt'}]}";
        assertThat(problems("event.avsc", avroText(item + "}, {'name': 'again', 'type': 'Item'")))
                .allMatch(problem -> problem.endsWith("there is no type `txt`."));
    }

    /** As Avro has it, a name without a namespace is of that of what it stands in. */
    @Test
    void aNameMayBeWrittenWithTheNamespaceThatIsAroundIt() {
        assertThat(avro("{'type': 'record', 'name': 'Item', 'fields': [{'name': 'kind', 'type':"
                                + " {'type': 'enum', 'name': 'Kind', 'symbols': ['A']}}]}}, {'name': 'again', 'type':"
                                + " 'x.Item'}, {'name': 'kind', 'type': 'x.Kind'")
                        .type()
                        .toString())
                .isEqualTo("Event{f: Item, again: Item, kind: string}");
    }

    @Test
    void aFileThatIsNoSchemaIsSaidToBeNone() {
        assertThat(problems("a.avsc", "{\n \"type\" \"record\"}")).containsExactly("2:9 this is not JSON.");
        assertThat(problems("a.avsc", "{\"type\": \"enum\"}"))
                .containsExactly("1:1 this is no Avro schema of a record.");
        for (String other : new String[] {"[]", "1", "", "{\"type\": \"string\"}", "{\"type\": \"array\"}"}) {
            assertThat(problems("a.json", other)).hasSize(1);
        }
    }

    @Test
    void aSchemaThatWouldBeHugeIsRefusedAtOnce() {
        StringBuilder doubling = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String next = "{'$ref': '#/$defs/D" + (i + 1) + "'}";
            doubling.append("'D" + i + "': {'type': 'object', 'properties': {'a': " + next + ", 'b': " + next + "}}, ");
        }
        String defs = "{'type': 'object', 'properties': {'f': {'$ref': '#/$defs/D0'}}, '$defs': {" + doubling
                + "'D40': {'type': 'string'}}}";
        assertThat(problems("a.json", defs.replace('\'', '"')))
                .singleElement()
                .asString()
                .contains("larger than 10000 fields");
        String deep = "{'type': 'array', 'items': ".repeat(70) + "'int'" + "}".repeat(70);
        assertThat(problems("a.avsc", avroText(deep)))
                .singleElement()
                .asString()
                .contains("deeper than 64 levels");
        String wrong = defs.replace("'D40': {'type': 'string'}", "'D40': {'type': 'text'}");
        assertThat(problems("a.json", wrong.replace('\'', '"'))).hasSizeLessThan(30);
    }

    /** Each with its line and column. */
    private static List<String> problems(String file, String text) {
        return SchemaFile.of(file, text, "Event").problems().stream()
                .map(problem -> problem.place() + " " + problem.sentence())
                .toList();
    }

    private static DeclaredRecord avro(String type) {
        return SchemaFile.of("event.avsc", avroText(type), "Event").declared();
    }

    private static String avroText(String type) {
        return ("{'type': 'record', 'name': 'Event', 'namespace': 'x', 'fields': [{'name': 'f', 'type': " + type
                        + "}]}")
                .replace('\'', '"');
    }

    private static DeclaredRecord json(String property, String required) {
        return SchemaFile.of("event.json", jsonText(property, required), "Event")
                .declared();
    }

    private static String jsonText(String property, String required) {
        String text =
                "{'type': 'object', 'required': [" + required + "], 'properties': {'f': " + property + "}, '$defs': {"
                        + "'Day': {'type': 'string', 'format': 'date'},"
                        + " 'Loop': {'type': 'array', 'items': {'$ref': '#/$defs/Loop'}}}}";
        return text.replace('\'', '"');
    }
}
