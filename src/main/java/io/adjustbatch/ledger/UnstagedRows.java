package io.adjustbatch.ledger;

import static io.adjustbatch.ledger.StagingMarks.at;

import io.adjustbatch.adjust.AgeLimit;
import io.adjustbatch.ledger.UnstagedRow.Standing;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import io.adjustbatch.warehouse.RelationInspector;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says why a row is not in the ledger, for people's commands. Only reads; threads may share it. */
public final class UnstagedRows {

    private final JdbcClient jdbc;
    private final RelationInspector inspector;
    private final WarehouseSettings settings;

    public UnstagedRows(JdbcClient jdbc, RelationInspector inspector, WarehouseSettings settings) {
        this.jdbc = jdbc;
        this.inspector = inspector;
        this.settings = settings;
    }

    /**
     * Where a row stands that the ledger does not know.
     *
     * @throws RuntimeException if its kind's relation cannot be read as it is; the message lists every problem
     */
    public UnstagedRow find(Kind kind, long rowId) {
        String name = settings.relations().get(kind);
        return name == null
                ? new UnstagedRow(Standing.SWITCHED_OFF, null, null, null)
                : find(inspector.inspect(kind, name), rowId);
    }

    private UnstagedRow find(Relation relation, long rowId) {
        StagingMarks.Mark mark = new StagingMarks(jdbc)
                .peek(
                        relation,
                        AgeLimit.maxAge(relation.kind()).orElse(null),
                        settings.since().instant());
        return jdbc.sql("""
                        SELECT CASE WHEN isfinite(w.loaded_at) THEN w.loaded_at END AS loaded_at, %s AS left_out
                        FROM %s w WHERE w.id = :rowId LIMIT 1""".formatted(Staging.LEFT_OUT, relation.name()))
                .param("rowId", rowId)
                .param("takenFrom", at(mark.takenFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("firstMarkedAt", at(mark.firstMarkedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, number) -> read(row, relation.name(), mark))
                .optional()
                .orElseGet(() -> new UnstagedRow(Standing.ABSENT, relation.name(), null, null));
    }

    private UnstagedRow read(ResultSet row, String relation, StagingMarks.Mark mark) throws SQLException {
        if (row.getBoolean("left_out")) {
            return new UnstagedRow(Standing.LEFT_OUT, relation, mark.takenFrom(), null);
        }
        Duration lookback = missingLookback(
                StagingMarks.instant(row.getObject("loaded_at", OffsetDateTime.class)), mark.markedAt());
        return new UnstagedRow(lookback == null ? Standing.UPCOMING : Standing.MISSED, relation, null, lookback);
    }

    private @Nullable Duration missingLookback(@Nullable Instant loadedAt, @Nullable Instant markedAt) {
        if (loadedAt == null || markedAt == null || !loadedAt.isBefore(markedAt.minus(settings.lookback()))) {
            return null;
        }
        return Duration.ofDays(Duration.between(loadedAt, markedAt).toDays() + 1);
    }
}
