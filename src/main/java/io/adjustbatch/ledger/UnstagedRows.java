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
import java.util.Optional;
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
        return removed(kind, rowId).orElseGet(() -> {
            String name = settings.relations().get(kind);
            return name == null
                    ? UnstagedRow.of(Standing.SWITCHED_OFF, null)
                    : find(inspector.inspect(kind, name), rowId);
        });
    }

    /** The journal and the transactions are kept apart from the rows, and outlast them. */
    private Optional<UnstagedRow> removed(Kind kind, long rowId) {
        return jdbc.sql("""
                        SELECT last.state FROM (VALUES (1)) one
                        LEFT JOIN LATERAL (
                            SELECT state FROM adjust_batch.delivery_journal
                            WHERE kind = :kind AND row_id = :rowId ORDER BY entry_id DESC LIMIT 1) last ON true
                        WHERE last.state IS NOT NULL
                           OR :kind = 'purchase'
                              AND EXISTS (SELECT FROM adjust_batch.purchase_transaction WHERE row_id = :rowId)""")
                .param("kind", kind.key())
                .param("rowId", rowId)
                .query((row, number) -> removed(row.getString("state")))
                .optional();
    }

    private static UnstagedRow removed(@Nullable String lastKnown) {
        return new UnstagedRow(
                Standing.REMOVED, null, null, null, lastKnown == null ? null : RowState.valueOf(lastKnown));
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
                .orElseGet(() -> UnstagedRow.of(Standing.ABSENT, relation.name()));
    }

    private UnstagedRow read(ResultSet row, String relation, StagingMarks.Mark mark) throws SQLException {
        if (row.getBoolean("left_out")) {
            return new UnstagedRow(Standing.LEFT_OUT, relation, mark.takenFrom(), null, null);
        }
        Duration lookback = missingLookback(
                StagingMarks.instant(row.getObject("loaded_at", OffsetDateTime.class)), mark.markedAt());
        return new UnstagedRow(lookback == null ? Standing.UPCOMING : Standing.MISSED, relation, null, lookback, null);
    }

    private @Nullable Duration missingLookback(@Nullable Instant loadedAt, @Nullable Instant markedAt) {
        if (loadedAt == null || markedAt == null || !loadedAt.isBefore(markedAt.minus(settings.lookback()))) {
            return null;
        }
        return Duration.ofDays(Duration.between(loadedAt, markedAt).toDays() + 1);
    }
}
