package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.stages.cassandra.CassandraAnswersPlan.ReadColumn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Asks a table for the row of a primary key. */
final class CassandraAnswerClient implements AnswerClient {

    private final CassandraAnswersPlan plan;
    private final CqlSession session;
    private final PreparedStatement prepared;
    private final List<ColumnConversion> conversions;
    private final List<ColumnReading> readings;

    private CassandraAnswerClient(CassandraAnswersPlan plan, CqlSession session, PreparedStatement prepared) {
        this.plan = plan;
        this.session = session;
        this.prepared = prepared;
        this.conversions = IntStream.range(0, plan.key().size())
                .mapToObj(i -> ColumnConversion.between(
                                plan.question().fields().get(i).type(),
                                plan.key().get(i).type())
                        .orElseThrow())
                .toList();
        this.readings = plan.columns().stream()
                .map(read -> ColumnReading.between(read.column().type(), read.field())
                        .orElseThrow())
                .toList();
    }

    /**
     * Connects, once.
     *
     * @throws CassandraUnavailableException if nobody answers, or the table is not the declared one
     */
    static CassandraAnswerClient open(CassandraAnswersPlan plan, String stage) throws InterruptedException {
        CqlSession session =
                CassandraSessions.open(plan.cluster(), plan.table().keyspace(), stage, plan.timeout(), plan.capacity());
        try {
            PreparedStatement prepared = session.prepare(plan.select());
            ServerTypes.compare(prepared.getVariableDefinitions(), plan.key(), plan.table());
            List<CqlColumn> read =
                    plan.columns().stream().map(ReadColumn::column).toList();
            ServerTypes.compare(prepared.getResultSetDefinitions(), read, plan.table());
            return new CassandraAnswerClient(plan, session, prepared);
        } catch (RuntimeException e) {
            CassandraSessions.close(session);
            throw e instanceof CassandraUnavailableException ? e : unreadable(plan, e);
        }
    }

    private static CassandraUnavailableException unreadable(CassandraAnswersPlan plan, Throwable error) {
        return new CassandraUnavailableException(
                "`" + plan.table().qualifiedName() + "` in Cassandra at "
                        + plan.cluster().addresses() + " cannot be read: " + DriverErrors.sentence(error) + ".",
                "Create the table as the schema file declares it, and check the rights.",
                error);
    }

    @Override
    public CompletionStage<Answer> ask(DataRecord question) {
        try {
            return session.executeAsync(statement(question))
                    .handle((rows, error) -> error == null ? answer(rows.one()) : failed(error));
        } catch (EvaluationException e) {
            return CompletableFuture.completedFuture(new Answer.Refused(e.code(), e.reason()));
        } catch (RuntimeException e) {
            // A driver that throws instead of answering.
            return CompletableFuture.<Answer>failedFuture(e).exceptionally(this::failed);
        }
    }

    private BoundStatement statement(DataRecord question) {
        Object[] values = new Object[conversions.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = question.get(i);
            if (value == null) {
                throw new EvaluationException("null-key", "A part of the primary key is null.");
            }
            values[i] = conversions.get(i).convert(value);
        }
        return prepared.bind(values)
                .setTimeout(plan.timeout())
                .setConsistencyLevel(DefaultConsistencyLevel.valueOf(plan.consistency()))
                .setIdempotent(true);
    }

    private Answer answer(@Nullable Row row) {
        if (row == null) {
            return new Answer.Nothing();
        }
        @Nullable Object[] values = new Object[readings.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                Object value = row.getObject(i);
                values[i] = value == null
                        ? missing(plan.columns().get(i))
                        : readings.get(i).read(value);
            }
        } catch (EvaluationException e) {
            return new Answer.Refused(e.code(), e.reason());
        }
        return new Answer.Found(new DataRecord(values, null));
    }

    private static @Nullable Object missing(ReadColumn read) {
        if (read.field().field().nullable()) {
            return null;
        }
        throw new EvaluationException(
                "missing-field",
                "Column `" + read.column().name() + "` of the row is null, and the field may not be null.");
    }

    private Answer failed(Throwable error) {
        String sentence = DriverErrors.sentence(error);
        return switch (DriverErrors.meaning(error)) {
            case REFUSED -> new Answer.Refused("refused", "Cassandra refused the question: " + sentence + ".");
            case TRANSIENT -> new Answer.Busy(sentence, Duration.ZERO);
            case UNREACHABLE -> new Answer.Silent(sentence);
            case HOPELESS -> throw unreadable(plan, error);
        };
    }

    @Override
    public void close() {
        CassandraSessions.close(session);
    }
}
