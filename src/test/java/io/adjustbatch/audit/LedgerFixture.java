package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes a ledger by hand, as the ledger's own statements would leave it. Time moves on by a second with each change.
 */
final class LedgerFixture {

    static final Instant START = Instant.parse("2026-03-01T02:00:00Z");

    private final DataSource dataSource = LedgerDatabase.dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private Instant now = START;
    private long run;

    LedgerFixture() {
        jdbc.sql("""
                TRUNCATE adjust_batch.run, adjust_batch.run_limit, adjust_batch.run_halt, adjust_batch.run_drift,
                    adjust_batch.delivery, adjust_batch.delivery_journal, adjust_batch.staged_total,
                    adjust_batch.left_out_total, adjust_batch.restaged_row
                """).update();
        jdbc.sql("""
                CREATE TABLE IF NOT EXISTS adjust_batch.delivery_journal_default
                    PARTITION OF adjust_batch.delivery_journal DEFAULT
                """).update();
    }

    DataSource dataSource() {
        return dataSource;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /** Begins the next run. */
    LedgerFixture run(long runId) {
        run = runId;
        now = now.plusSeconds(3600);
        execute("""
                INSERT INTO adjust_batch.run (run_id, state, execution_id, started_at, host, process_id, settings_digest)
                VALUES (?, 'RUNNING', 7, ?, 'night.example', 4711, 'c0ffee')
                """, runId, at(now));
        return this;
    }

    /** Lets time pass. */
    LedgerFixture until(String later) {
        now = Instant.parse(later);
        return this;
    }

    /** This run's process died, and the next run took what it had on the wire for doubtful. */
    LedgerFixture abandon(long rowOnTheWire) {
        execute("UPDATE adjust_batch.run SET state = 'ABANDONED', ended_at = ? WHERE run_id = ?", at(tick()), run);
        return settle(
                new Change(
                        Kind.PURCHASE,
                        rowOnTheWire,
                        RowState.IN_DOUBT,
                        "AMBIGUOUS",
                        null,
                        null,
                        "run %d ended before an answer to attempt 1 was recorded".formatted(run),
                        "local"),
                run);
    }

    /** The options of this run, and two of its limits; without, it is a run from before they were kept. */
    LedgerFixture terms() {
        execute("""
                UPDATE adjust_batch.run SET kinds = ARRAY['session', 'purchase'], row_limit = 500, until = ?
                WHERE run_id = ?""", at(START.plusSeconds(7_200)), run);
        execute("""
                INSERT INTO adjust_batch.run_limit (run_id, error_class, kind, max_rows, max_percent, min_sample)
                VALUES (?, 'ROW_FAULT', 'purchase', NULL, 2.5, 200), (?, 'AMBIGUOUS', 'purchase', 40, NULL, NULL)
                """, run, run);
        return this;
    }

    /** What this run halted; the first of it. */
    LedgerFixture halt(String scope, String cause, String remedy, long waitingRows) {
        execute("""
                INSERT INTO adjust_batch.run_halt (run_id, halt, scope, cause, remedy, waiting_rows)
                VALUES (?, 1, ?, ?, ?, ?)""", run, scope, cause, remedy, waitingRows);
        return this;
    }

    LedgerFixture end(RunState state, int exitCode, @Nullable String reason) {
        execute(
                "UPDATE adjust_batch.run SET state = ?, ended_at = ?, exit_code = ?, reason = ? WHERE run_id = ?",
                state.name(),
                at(tick()),
                exitCode,
                reason,
                run);
        return this;
    }

    LedgerFixture end() {
        return end(RunState.COMPLETED, 0, null);
    }

    /** Takes up a run again. */
    LedgerFixture restart(long runId) {
        run = runId;
        now = now.plusSeconds(3600);
        execute(
                "UPDATE adjust_batch.run SET state = 'RUNNING', ended_at = NULL, exit_code = NULL WHERE run_id = ?",
                runId);
        return this;
    }

    /** A purchase of one app and event token on 28 February. */
    LedgerFixture stage(long rowId, @Nullable String revenue, @Nullable String currency) {
        return stage(new Staged(Kind.PURCHASE, rowId, "app1", "evt1", revenue, currency, "2026-02-28T12:00:00Z"));
    }

    /** Takes a row in, and adds it to what this run has staged. */
    LedgerFixture stage(Staged row) {
        insert(row);
        total(row, 1);
        return this;
    }

    LedgerFixture insert(Staged row) {
        execute(
                """
                INSERT INTO adjust_batch.delivery (kind, row_id, app_token, event_token, environment, currency, revenue,
                    occurred_at, transaction_id, bucket, loaded_at, staged_at, staged_run_id)
                VALUES (?, ?, ?, ?, 'production', ?, ?, ?::timestamptz, ?, ?, ?, ?, ?)
                """,
                row.kind.key(),
                row.rowId,
                row.appToken,
                row.eventToken,
                row.currency,
                row.amount(),
                row.occurredAt,
                "T" + row.rowId,
                row.rowId & 255,
                at(now),
                at(tick()),
                run);
        return this;
    }

    LedgerFixture total(Staged row, int rows) {
        execute(
                """
                INSERT INTO adjust_batch.staged_total (run_id, at, kind, app_token, environment, event_token, currency,
                    utc_day, row_count, revenue)
                VALUES (?, ?, ?, ?, 'production', ?, ?, (?::timestamptz AT TIME ZONE 'UTC')::date, ?,
                    ? * coalesce(?, 0::numeric))
                """,
                run,
                at(now),
                row.kind.key(),
                row.appToken,
                row.eventToken,
                row.currency,
                row.occurredAt,
                rows,
                rows,
                row.amount());
        return this;
    }

    /** Takes a row down anew, as the warehouse has it now. */
    LedgerFixture restage(Staged before, Staged after) {
        execute("""
                INSERT INTO adjust_batch.restaged_row (run_id, at, kind, row_id, app_token, event_token, environment,
                    currency, revenue, occurred_at, transaction_id)
                SELECT ?, ?, kind, row_id, app_token, event_token, environment, currency, revenue, occurred_at,
                    transaction_id
                FROM adjust_batch.delivery WHERE kind = ? AND row_id = ?
                """, run, at(tick()), before.kind.key(), before.rowId);
        execute(
                "UPDATE adjust_batch.delivery SET currency = ?, revenue = ? WHERE kind = ? AND row_id = ?",
                after.currency,
                after.amount(),
                after.kind.key(),
                after.rowId);
        return total(before, -1).total(after, 1);
    }

    LedgerFixture leaveOut(Kind kind, String currency, long rows, String revenue, String firstAt, String lastAt) {
        execute("""
                INSERT INTO adjust_batch.left_out_total (run_id, kind, currency, row_count, revenue, first_at, last_at)
                VALUES (?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz)
                """, run, kind.key(), currency, rows, new BigDecimal(revenue), firstAt, lastAt);
        return this;
    }

    /** A request leaves. */
    LedgerFixture send(Kind kind, long rowId) {
        execute("""
                UPDATE adjust_batch.delivery SET state = 'SENDING', attempts = attempts + 1, last_attempt_at = ?,
                    run_id = ? WHERE kind = ? AND row_id = ?
                """, at(tick()), run, kind.key(), rowId);
        return this;
    }

    /** An attempt on a purchase, from its intent to its settlement by Adjust's answer. */
    LedgerFixture attempt(
            long rowId, RowState state, String errorClass, @Nullable Integer status, @Nullable String message) {
        return attempt(Kind.PURCHASE, rowId, state, errorClass, status, message);
    }

    LedgerFixture attempt(
            Kind kind,
            long rowId,
            RowState state,
            String errorClass,
            @Nullable Integer status,
            @Nullable String message) {
        return send(kind, rowId)
                .settle(new Change(kind, rowId, state, errorClass, status, message, null, "adjust"), run);
    }

    LedgerFixture sent(long rowId) {
        return attempt(rowId, RowState.SENT, "DELIVERED", 200, "OK");
    }

    /** A decision without a request. */
    LedgerFixture decide(long rowId, RowState state, @Nullable String errorClass, String reason) {
        return settle(new Change(Kind.PURCHASE, rowId, state, errorClass, null, null, reason, "local"), run);
    }

    /** A person's decision between runs. */
    LedgerFixture person(long rowId, RowState state, String reason) {
        return settle(new Change(Kind.PURCHASE, rowId, state, null, null, null, reason, "person"), null);
    }

    LedgerFixture settle(Change change, @Nullable Long runId) {
        tick();
        boolean open = !change.state.isFinal();
        OffsetDateTime next = change.state == RowState.DEFERRED ? at(now.plusSeconds(21_600)) : null;
        Long heldBy = change.state == RowState.HELD ? 1L : null;
        execute(
                """
                UPDATE adjust_batch.delivery SET state = ?, error_class = ?, http_status = ?, message = ?, reason = ?,
                    decided_by = ?, next_attempt_at = ?, held_by = ?, finalized_at = ?, run_id = coalesce(?, run_id)
                WHERE kind = ? AND row_id = ?
                """,
                change.state.name(),
                change.errorClass,
                change.status,
                change.message,
                change.reason,
                change.decidedBy,
                next,
                heldBy,
                open ? null : at(now),
                runId,
                change.kind.key(),
                change.rowId);
        journal(change, runId, next, heldBy);
        return this;
    }

    /** A run that leaves a row in each state: purchases 1 to 11, worth 1.10 to 11.10 EUR. */
    LedgerFixture everyState(long runId) {
        run(runId);
        for (long row = 1; row <= 11; row++) {
            stage(row, row + ".10", "EUR");
        }
        return sent(1).attempt(2, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .attempt(3, RowState.DUPLICATE, "DUPLICATE", 400, "Ignoring event, earlier unique event tracked")
                .attempt(4, RowState.SUPPRESSED, "OPTED_OUT", 451, "Device is opted out")
                .decide(5, RowState.INVALID, "INVALID_ROW", "no identifier")
                .decide(6, RowState.EXPIRED, "TOO_OLD", "older than 58 days")
                .attempt(7, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .attempt(9, RowState.DEFERRED, "DEVICE_UNKNOWN", 404, "Device not found")
                .decide(10, RowState.HELD, null, "waits for row 7")
                .send(Kind.PURCHASE, 11)
                .end();
    }

    private void journal(Change change, @Nullable Long runId, @Nullable OffsetDateTime next, @Nullable Long heldBy) {
        execute(
                """
                INSERT INTO adjust_batch.delivery_journal (at, kind, row_id, run_id, state, attempt, error_class,
                    http_status, message, reason, next_attempt_at, held_by, decided_by, who)
                SELECT ?, kind, row_id, ?, ?, attempts, ?, ?, ?, ?, ?, ?, ?, ?
                FROM adjust_batch.delivery WHERE kind = ? AND row_id = ?
                """,
                at(now),
                runId,
                change.state.name(),
                change.errorClass,
                change.status,
                change.message,
                change.reason,
                next,
                heldBy,
                change.decidedBy,
                change.decidedBy.equals("person") ? "ada" : null,
                change.kind.key(),
                change.rowId);
    }

    private void execute(String sql, @Nullable Object... parameters) {
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement = statement.param(i + 1, parameters[i]);
        }
        statement.update();
    }

    private Instant tick() {
        now = now.plusSeconds(1);
        return now;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** What staging copies from the warehouse. */
    record Staged(
            Kind kind,
            long rowId,
            @Nullable String appToken,
            @Nullable String eventToken,
            @Nullable String revenue,
            @Nullable String currency,
            @Nullable String occurredAt) {

        @Nullable
        BigDecimal amount() {
            return revenue == null ? null : new BigDecimal(revenue);
        }
    }

    /** A transition. */
    record Change(
            Kind kind,
            long rowId,
            RowState state,
            @Nullable String errorClass,
            @Nullable Integer status,
            @Nullable String message,
            @Nullable String reason,
            String decidedBy) {}
}
