package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the life of single rows, from the ledger and its journal. Reads only; threads may share it. */
public final class RowLives {

    private final Snapshot snapshot;

    /** @param dataSource the database that holds the schema {@code adjust_batch} */
    public RowLives(DataSource dataSource) {
        snapshot = new Snapshot(dataSource);
    }

    /** The life of a row; empty if the ledger does not know it. */
    public Optional<RowLife> find(Kind kind, long rowId) {
        return snapshot.read(jdbc -> jdbc.sql(
                        "SELECT * FROM adjust_batch.delivery WHERE kind = :kind AND row_id = :rowId")
                .param("kind", kind.key())
                .param("rowId", rowId)
                .query((row, number) -> life(row, kind, entries(jdbc, kind, rowId)))
                .optional());
    }

    private static List<RowLife.Entry> entries(JdbcClient jdbc, Kind kind, long rowId) {
        return jdbc.sql("""
                        SELECT * FROM adjust_batch.delivery_journal
                        WHERE kind = :kind AND row_id = :rowId ORDER BY entry_id""")
                .param("kind", kind.key())
                .param("rowId", rowId)
                .query((row, number) -> entry(row))
                .list();
    }

    private static RowLife life(ResultSet row, Kind kind, List<RowLife.Entry> entries) throws SQLException {
        return new RowLife(
                kind,
                row.getLong("row_id"),
                RowState.valueOf(row.getString("state")),
                row.getString("app_token"),
                row.getString("event_token"),
                row.getString("environment"),
                RunSummaries.instant(row, "occurred_at"),
                row.getBigDecimal("revenue"),
                row.getString("currency"),
                row.getString("transaction_id"),
                row.getObject("staged_at", OffsetDateTime.class).toInstant(),
                row.getLong("staged_run_id"),
                row.getInt("attempts"),
                RunSummaries.instant(row, "last_attempt_at"),
                RunSummaries.instant(row, "next_attempt_at"),
                row.getObject("held_by", Long.class),
                row.getObject("repeats", Long.class),
                row.getBoolean("late"),
                row.getObject("run_id", Long.class),
                entries);
    }

    private static RowLife.Entry entry(ResultSet row) throws SQLException {
        return new RowLife.Entry(
                Objects.requireNonNull(RunSummaries.instant(row, "at")),
                row.getObject("run_id", Long.class),
                RowState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                row.getString("error_class"),
                row.getObject("http_status", Integer.class),
                row.getString("message"),
                row.getString("reason"),
                RunSummaries.instant(row, "next_attempt_at"),
                row.getString("decided_by"),
                row.getString("who"));
    }
}
