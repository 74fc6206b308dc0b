package io.pipewright.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
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
    void typesOfAvroAreTypesOfFields(String schema, String type) throws SchemaException {
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
    void typesOfJsonSchemaAreTypesOfFields(String schema, String type) throws SchemaException {
        assertThat(json(schema, "'f'").fields().get(0).field().text()).isEqualTo(type);
        assertThat(json(schema, "").fields().get(0).field().nullable()).isTrue();
    }

    @Test
    void recordsInRecordsAndTheWayTimesAreWrittenAreKept() throws SchemaException {
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
                "['string', 'int'] | `/fields/0/type` is a union of several types, which no field of a record can be",
                "'null' | `/fields/0/type` is never anything but null, which no field of a record can be",
                "'strnig' | `/fields/0/type` names the type `strnig`, which there is not",
                "{'type': 'array', 'items': ['null', 'int']} | what is in the list or map at `/fields/0/type` may be null,"
                        + " and here it may not",
                "{'type': 'array'} | `/fields/0/type/items` is no Avro schema",
                "'Event' | `/fields/0/type` is the record `Event`, which would contain itself, which no field of a record"
                        + " can be",
                "{'type': 'X', 'name': 'X'} | `/fields/0/type` names the type `X`, which there is not",
                "{'type': 'record', 'name': 'E', 'fields': []} | the record at `/fields/0/type` has no fields",
                "'int'}, {'name': 'f', 'type': 'int' | `/fields/1` is a second field of this name",
                "'int'}, {'name': 'a-b', 'type': 'int' | `a-b` at `/fields/1` cannot be the name of a field",
                "{'type': 'enum', 'name': 'a.E'}}, {'name': 'g', 'type': {'type': 'enum', 'name': 'b.E'}}, {'name': 'h',"
                        + " 'type': 'E' | `/fields/2/type` names `E`, of which there are several",
            })
    void whatAvroHasAndARecordHasNotIsSaidWithItsPlace(String schema, String problem) {
        assertThatThrownBy(() -> avro(schema))
                .isInstanceOf(SchemaException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type': ['string', 'integer']} | `/properties/f/type` is a choice of several types, which no field of a"
                        + " record can be",
                "{} | `/properties/f` is of no stated `type`, which no field of a record can be",
                "true | `/properties/f` is of no stated `type`, which no field of a record can be",
                "{'type': 'object'} | `/properties/f` is an object of any content, which no field of a record can be",
                "{'type': 'list'} | `/properties/f/type` is `list`, which there is not",
                "{'type': 'array', 'items': {'type': ['null', 'string']}} | what is in the list or map at `/properties/f`"
                        + " may be null, and here it may not",
                "{'$ref': '#'} | `/properties/f` is `#`, which would contain itself, which no field of a record can be",
                "{'$ref': '#/$defs/Loop'} | `/$defs/Loop/items` is `#/$defs/Loop`, which would contain itself, which no field of"
                        + " a record can be",
                "{'$ref': 'other.json'} | `/properties/f` refers to `other.json`, which is no place of this file",
                "{'type': 'string'}, 'a-b': {'type': 'string'} | `a-b` at `/properties/a-b` cannot be the name of a field",
            })
    void whatJsonSchemaHasAndARecordHasNotIsSaidWithItsPlace(String schema, String problem) {
        assertThatThrownBy(() -> json(schema, "'f'"))
                .isInstanceOf(SchemaException.class)
                .hasMessage(problem);
    }

    /** As Avro has it, a name without a namespace is of that of what it stands in. */
    @Test
    void aNameMayBeWrittenWithTheNamespaceThatIsAroundIt() throws SchemaException {
        assertThat(avro("{'type': 'record', 'name': 'Item', 'fields': [{'name': 'kind', 'type':"
                                + " {'type': 'enum', 'name': 'Kind', 'symbols': ['A']}}]}}, {'name': 'again', 'type':"
                                + " 'x.Item'}, {'name': 'kind', 'type': 'x.Kind'")
                        .type()
                        .toString())
                .isEqualTo("Event{f: Item, again: Item, kind: string}");
    }

    @Test
    void aFileThatIsNoSchemaIsSaidToBeNone() {
        assertThatThrownBy(() -> SchemaFile.of("a.avsc", "{\n \"type\" \"record\"}", "A"))
                .hasMessage("it is not JSON, near line 2, column 9");
        assertThatThrownBy(() -> SchemaFile.of("a.avsc", "{\"type\": \"enum\"}", "A"))
                .hasMessage("it is no Avro schema of a record");
        for (String other : new String[] {"[]", "1", "", "{\"type\": \"string\"}", "{\"type\": \"array\"}"}) {
            assertThatThrownBy(() -> SchemaFile.of("a.json", other, "A")).isInstanceOf(SchemaException.class);
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
        assertThatThrownBy(() -> SchemaFile.of("a.json", defs.replace('\'', '"'), "A"))
                .hasMessageContaining("larger than 10000 fields");
        String deep = "{'type': 'array', 'items': ".repeat(70) + "'int'" + "}".repeat(70);
        assertThatThrownBy(() -> avro(deep)).hasMessageContaining("deeper than 64 levels");
    }

    private static DeclaredRecord avro(String type) throws SchemaException {
        String text = "{'type': 'record', 'name': 'Event', 'namespace': 'x', 'fields': [{'name': 'f', 'type': " + type
                + "}]}";
        return SchemaFile.of("event.avsc", text.replace('\'', '"'), "Event").declared();
    }

    private static DeclaredRecord json(String property, String required) throws SchemaException {
        String text =
                "{'type': 'object', 'required': [" + required + "], 'properties': {'f': " + property + "}, '$defs': {"
                        + "'Day': {'type': 'string', 'format': 'date'},"
                        + " 'Loop': {'type': 'array', 'items': {'$ref': '#/$defs/Loop'}}}}";
        return SchemaFile.of("event.json", text.replace('\'', '"'), "Event").declared();
    }
}
