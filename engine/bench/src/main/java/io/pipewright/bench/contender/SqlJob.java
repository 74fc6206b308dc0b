package io.pipewright.bench.contender;

import io.pipewright.bench.contender.Pojos.DeadLetter;
import io.pipewright.bench.contender.Pojos.Event;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.RowHash;
import io.pipewright.bench.feed.TallySink;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Flink SQL: a windowed aggregate, an event-time temporal join with the latest profile of each customer, and
 * MATCH_RECOGNIZE. Lines are parsed as in the expert's job, for SQL has no dead letters; it has no output of late rows
 * either, so only volumes and alerts are compared.
 */
final class SqlJob implements ContenderJob {

    private static final String INTERACTIONS =
            """
            CREATE TEMPORARY VIEW interactions AS
            SELECT customerId, channel, status, rowTime FROM events WHERE `update` = FALSE
            """;

    private static final String VOLUMES =
            """
            SELECT channel, window_start, window_end, COUNT(*) AS volume
            FROM TABLE(TUMBLE(TABLE interactions, DESCRIPTOR(rowTime), INTERVAL '10' SECOND))
            GROUP BY channel, window_start, window_end
            """;

    private static final String ENRICHED =
            """
            CREATE TEMPORARY VIEW enriched AS
            SELECT i.customerId, i.channel, i.status, i.rowTime, COALESCE(c.tier, 'UNKNOWN') AS tier
            FROM (SELECT * FROM interactions WHERE customerId IS NOT NULL AND status IS NOT NULL) AS i
            LEFT JOIN customers FOR SYSTEM_TIME AS OF i.rowTime AS c ON i.customerId = c.customerId
            """;

    private static final String UNJOINED =
            """
            CREATE TEMPORARY VIEW enriched AS
            SELECT customerId, channel, status, rowTime, '' AS tier FROM interactions
            WHERE customerId IS NOT NULL AND status IS NOT NULL
            """;

    private static final String ALERTS =
            """
            SELECT customerId, channel, eventTime, tier, failureCount FROM enriched MATCH_RECOGNIZE (
              PARTITION BY customerId
              ORDER BY rowTime
              MEASURES callback.channel AS channel, callback.rowTime AS eventTime, callback.tier AS tier,
                       COUNT(failure.status) AS failureCount
              ONE ROW PER MATCH
              AFTER MATCH SKIP PAST LAST ROW
              PATTERN (failure{3} callback) WITHIN INTERVAL '30' SECOND
              DEFINE failure AS failure.status = 'FAILURE', callback AS callback.status = 'CALLBACK_REQUEST')
            """;

    @Override
    public StreamExecutionEnvironment build(JobPlan plan) {
        StreamExecutionEnvironment env = plan.environment(true);
        SingleOutputStreamOperator<Event> parsed =
                plan.lines(env).process(new ParseFunction()).name("parse");
        tally(plan, parsed.getSideOutput(ParseFunction.DEAD_LETTERS), ResultKind.DEAD_LETTERS, DeadLetter::hash);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
        DataStream<Event> events = parsed.assignTimestampsAndWatermarks(
                JobPlan.<Event>watermarks().withTimestampAssigner((event, before) -> event.timestamp));
        tables.createTemporaryView("events", events, schema());
        tables.executeSql(INTERACTIONS);
        if (plan.part().hasWindow()) {
            tally(plan, rows(tables, VOLUMES), ResultKind.VOLUMES, SqlJob::volume);
        }
        if (plan.part().hasPattern()) {
            if (plan.part().hasJoin()) {
                tables.createTemporaryView("customers", versions(events), versionsSchema());
            }
            tables.executeSql(plan.part().hasJoin() ? ENRICHED : UNJOINED);
            tally(plan, rows(tables, ALERTS), ResultKind.ALERTS, SqlJob::alert);
        }
        return env;
    }

    private static Schema schema() {
        return Schema.newBuilder()
                .column("update", DataTypes.BOOLEAN().notNull())
                .column("customerId", DataTypes.STRING())
                .column("channel", DataTypes.STRING())
                .column("status", DataTypes.STRING())
                .column("tier", DataTypes.STRING())
                .columnByMetadata("rowTime", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
                .watermark("rowTime", "SOURCE_WATERMARK()")
                .build();
    }

    /**
     * The updates as versions of their customers. The usual view, the latest row of each customer by {@code ROW_NUMBER},
     * would leave out an update that comes after a later one, and the join would then find none for what lies between.
     */
    private static DataStream<Row> versions(DataStream<Event> events) {
        return events.filter(event -> event.update && event.customerId != null)
                .map(event -> Row.of(event.customerId, event.tier))
                .returns(Types.ROW_NAMED(new String[] {"customerId", "tier"}, Types.STRING, Types.STRING));
    }

    private static Schema versionsSchema() {
        return Schema.newBuilder()
                .column("customerId", DataTypes.STRING().notNull())
                .column("tier", DataTypes.STRING())
                .columnByMetadata("rowTime", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
                .watermark("rowTime", "SOURCE_WATERMARK()")
                .primaryKey("customerId")
                .build();
    }

    private static DataStream<Row> rows(StreamTableEnvironment tables, String query) {
        return tables.toDataStream(tables.sqlQuery(query));
    }

    private static <T> void tally(JobPlan plan, DataStream<T> rows, ResultKind kind, TallySink.Hash<T> hash) {
        rows.sinkTo(new TallySink<>(plan.feed(), kind, hash));
    }

    private static long volume(Row row) {
        return row.getKind() == RowKind.INSERT
                ? RowHash.volume(text(row, 0), millis(row, 1), millis(row, 2), number(row, 3))
                : 0;
    }

    private static long alert(Row row) {
        return RowHash.alert(
                text(row, 0), text(row, 1), millis(row, 2), number(row, 4), "REPEATED_FAILURE_CALLBACK", text(row, 3));
    }

    private static String text(Row row, int position) {
        return String.valueOf(row.getField(position));
    }

    private static long number(Row row, int position) {
        return row.getField(position) instanceof Number number ? number.longValue() : Long.MIN_VALUE;
    }

    private static long millis(Row row, int position) {
        Object value = row.getField(position);
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        return value instanceof java.time.LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC).toEpochMilli()
                : Long.MIN_VALUE;
    }
}
