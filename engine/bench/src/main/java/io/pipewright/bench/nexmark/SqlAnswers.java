package io.pipewright.bench.nexmark;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** Asks Flink SQL, which reads a file of events as a stream; the answer is what its changes leave at the end. */
final class SqlAnswers {

    private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(4);
    private static final List<String> NUMBERS =
            List.of("id", "initialBid", "reserve", "seller", "category", "auction", "bidder", "price");
    private static final List<String> TEXTS =
            List.of("event", "name", "city", "state", "itemName", "description", "channel", "url", "extra");
    private static final List<String> TIMES = List.of("dateTime", "expires");

    private static final List<String> VIEWS = List.of(
            "CREATE TEMPORARY VIEW person AS SELECT id, name, city, state, dateTime, extra FROM events"
                    + " WHERE event = 'person'",
            "CREATE TEMPORARY VIEW auction AS SELECT id, itemName, description, initialBid, reserve, dateTime, expires,"
                    + " seller, category, extra FROM events WHERE event = 'auction'",
            "CREATE TEMPORARY VIEW bid AS SELECT auction, bidder, price, channel, url, dateTime, extra FROM events"
                    + " WHERE event = 'bid'");

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);

    private final List<Row> events;

    private SqlAnswers(List<Row> events) {
        this.events = events;
    }

    /** @param file of events, one on each line */
    static SqlAnswers on(Path file) throws IOException {
        List<Row> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            events.add(row(JSON.readTree(line)));
        }
        return new SqlAnswers(events);
    }

    private static Row row(JsonNode event) {
        List<@Nullable Object> values = new ArrayList<>();
        NUMBERS.forEach(name -> values.add(event.has(name) ? event.get(name).asLong() : null));
        TEXTS.forEach(name -> values.add(event.has(name) ? event.get(name).asText() : null));
        TIMES.forEach(name -> values.add(event.has(name) ? time(event.get(name).asText()) : null));
        return Row.of(values.toArray());
    }

    private static LocalDateTime time(String text) {
        return LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC);
    }

    /** The rows that are left at the end, as lines of JSON in alphabetical order. */
    List<String> answer(NexmarkQuery query) throws Exception {
        Map<String, Integer> left = new TreeMap<>();
        TableResult result = environment().executeSql(query.sql());
        List<String> columns = result.getResolvedSchema().getColumnNames();
        try (CloseableIterator<Row> changes = result.collect()) {
            while (changes.hasNext()) {
                Row change = changes.next();
                boolean added = change.getKind() == RowKind.INSERT || change.getKind() == RowKind.UPDATE_AFTER;
                left.merge(line(columns, change), added ? 1 : -1, Integer::sum);
            }
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Integer> row : left.entrySet()) {
            if (row.getValue() < 0) {
                throw new IllegalStateException(query.name() + " takes back what it has not said: " + row.getKey());
            }
            for (int i = 0; i < row.getValue(); i++) {
                lines.add(row.getKey());
            }
        }
        return lines;
    }

    private StreamTableEnvironment environment() {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(1));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
        tables.createTemporaryView("events", env.fromCollection(events, type()), schema());
        VIEWS.forEach(tables::executeSql);
        return tables;
    }

    private static RowTypeInfo type() {
        List<String> names = new ArrayList<>();
        List<TypeInformation<?>> types = new ArrayList<>();
        columns().forEach((name, column) -> {
            names.add(name);
            types.add(
                    NUMBERS.contains(name) ? Types.LONG : TEXTS.contains(name) ? Types.STRING : Types.LOCAL_DATE_TIME);
        });
        return new RowTypeInfo(types.toArray(new TypeInformation<?>[0]), names.toArray(new String[0]));
    }

    private static Schema schema() {
        Schema.Builder schema = Schema.newBuilder();
        columns().forEach(schema::column);
        return schema.watermark("dateTime", "dateTime - INTERVAL '" + OUT_OF_ORDERNESS.toSeconds() + "' SECOND")
                .build();
    }

    private static Map<String, DataType> columns() {
        Map<String, DataType> columns = new LinkedHashMap<>();
        NUMBERS.forEach(name -> columns.put(name, DataTypes.BIGINT()));
        TEXTS.forEach(name -> columns.put(name, DataTypes.STRING()));
        TIMES.forEach(name -> columns.put(name, DataTypes.TIMESTAMP(3)));
        return columns;
    }

    private static String line(List<String> columns, Row row) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.getField(i);
            fields.put(
                    columns.get(i),
                    value instanceof LocalDateTime time
                            ? time.toInstant(ZoneOffset.UTC).toString()
                            : value);
        }
        return JSON.writeValueAsString(fields);
    }
}
