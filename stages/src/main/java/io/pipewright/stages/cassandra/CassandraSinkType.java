package io.pipewright.stages.cassandra;

import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The sink type {@code cassandra}: writes each record as a row, at least once, as an idempotent upsert, or deletes the
 * row where the record says so. What the table must be is checked offline against the connection's schema file, and
 * against the server before a submission.
 */
public final class CassandraSinkType implements StageType<CassandraSinkOptions, CassandraSinkPlan> {

    static final String WRITER_ROLE = "writer";
    static final String CONNECTOR_ROWS_ROLE = "rows";
    static final String CONNECTOR_ROLE = "connector";

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SINK,
                "cassandra",
                "Writes each record as a row of a Cassandra table, at least once, as an idempotent upsert, and deletes"
                        + " the rows whose `op` says so.",
                false,
                true,
                List.of(WRITER_ROLE, CONNECTOR_ROWS_ROLE, CONNECTOR_ROLE));
    }

    @Override
    public Class<CassandraSinkOptions> optionsType() {
        return CassandraSinkOptions.class;
    }

    @Override
    public Optional<CassandraSinkPlan> plan(CassandraSinkOptions options, PlanContext in) {
        return new CassandraSinkPlanner(options, in).plan();
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<CassandraSinkPlan>> builder() {
        return () -> new CassandraSinkBuilder();
    }

    @Override
    public Optional<Supplier<OutsideCheck<CassandraSinkPlan>>> outsideCheck() {
        return Optional.of(() -> new CassandraTableCheck());
    }
}
