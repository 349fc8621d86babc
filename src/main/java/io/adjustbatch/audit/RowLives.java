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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the life of single rows, from the ledger and its journal. Reads only; threads may share it. */
public final class RowLives {

    /** What a row was until then is beside what it was until the next time, or is now. */
    private static final String RESTAGINGS = """
            WITH version AS (
                SELECT restaging_id, at, run_id, app_token, event_token, environment, currency, revenue, occurred_at,
                       transaction_id
                FROM adjust_batch.restaged_row WHERE kind = :kind AND row_id = :rowId
                UNION ALL
                SELECT NULL, NULL, NULL, app_token, event_token, environment, currency, revenue, occurred_at, transaction_id
                FROM adjust_batch.delivery WHERE kind = :kind AND row_id = :rowId
            ), value AS (
                SELECT restaging_id, at, run_id, v.name, v.value,
                       lead(v.value) OVER (PARTITION BY v.name ORDER BY restaging_id) AS next
                FROM version, LATERAL (VALUES
                    ('revenue', revenue::text), ('currency', currency),
                    ('occurred_at', to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
                    ('app_token', app_token), ('event_token', event_token), ('environment', environment),
                    ('transaction_id', transaction_id)) AS v (name, value)
            )
            SELECT at, run_id, coalesce(string_agg(name || ' was ' || coalesce(value, 'missing'), ', ' ORDER BY name)
                       FILTER (WHERE value IS DISTINCT FROM next), '') AS before
            FROM value WHERE restaging_id IS NOT NULL GROUP BY restaging_id, at, run_id ORDER BY restaging_id""";

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
                .query((row, number) -> life(jdbc, row, kind, entries(jdbc, kind, rowId)))
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

    private static RowLife life(JdbcClient jdbc, ResultSet row, Kind kind, List<RowLife.Entry> entries)
            throws SQLException {
        RowState state = RowState.valueOf(row.getString("state"));
        long rowId = row.getLong("row_id");
        return new RowLife(
                kind,
                rowId,
                state,
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
                state == RowState.PENDING || state == RowState.DEFERRED ? halt(jdbc, row, kind, entries) : null,
                restagings(jdbc, kind, rowId),
                entries);
    }

    private static @Nullable RowHalt halt(JdbcClient jdbc, ResultSet row, Kind kind, List<RowLife.Entry> entries)
            throws SQLException {
        RowLife.Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        return new RowHalts(jdbc).find(kind, row.getString("app_token"), row.getString("event_token"), last);
    }

    private static List<RowLife.Restaging> restagings(JdbcClient jdbc, Kind kind, long rowId) {
        return jdbc.sql(RESTAGINGS)
                .param("kind", kind.key())
                .param("rowId", rowId)
                .query((row, number) -> new RowLife.Restaging(
                        Objects.requireNonNull(RunSummaries.instant(row, "at")),
                        row.getLong("run_id"),
                        row.getString("before")))
                .list();
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
