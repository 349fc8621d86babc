package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which rows wait for an earlier one of their lane, or for the one that reports the same transaction: a projection of
 * the open rows, computed anew by one statement, so that no crash leaves it stale. What is on the wire holds nothing
 * here: its lane waits in the process that sends it.
 */
public final class HeldRows {

    private static final String SQL = """
            WITH open AS MATERIALIZED (
                SELECT row_id, lane, occurred_at, state, held_by, next_attempt_at, last_attempt_at, repeats
                FROM adjust_batch.delivery
                WHERE kind = :kind AND finalized_at IS NULL AND bucket >= :first AND bucket < :end
            ), blocker AS MATERIALIZED (
                SELECT DISTINCT ON (lane) lane, occurred_at, row_id
                FROM open
                WHERE lane IS NOT NULL AND :ordered
                  AND (state = 'IN_DOUBT' AND last_attempt_at > :doubtHoldsSince::timestamptz
                       OR state IN ('PENDING', 'HELD') AND next_attempt_at > :now::timestamptz
                       OR state = 'DEFERRED' AND next_attempt_at > :deferredUntil::timestamptz)
                ORDER BY lane, occurred_at, row_id
            ), first_report AS MATERIALIZED (
                SELECT o.row_id, f.row_id AS reported_by
                FROM open o JOIN adjust_batch.delivery f ON f.kind = :kind AND f.row_id = o.repeats
                WHERE o.repeats IS NOT NULL AND f.state IN ('PENDING', 'DEFERRED', 'HELD')
            ), holding AS (
                SELECT o.row_id, o.state, o.held_by, coalesce(b.row_id, f.reported_by) AS holder
                FROM open o
                LEFT JOIN blocker b ON b.lane = o.lane AND (b.occurred_at, b.row_id) < (o.occurred_at, o.row_id)
                LEFT JOIN first_report f ON f.row_id = o.row_id
                WHERE o.state IN ('PENDING', 'HELD')
                   OR o.state = 'DEFERRED' AND o.next_attempt_at <= :deferredUntil::timestamptz
            ), projected AS (
                SELECT row_id, CASE WHEN holder IS NOT NULL THEN 'HELD' ELSE 'PENDING' END AS state, holder AS held_by,
                       held_by AS former_holder
                FROM holding
                WHERE (state, held_by)
                    IS DISTINCT FROM (CASE WHEN holder IS NOT NULL THEN 'HELD' ELSE 'PENDING' END, holder)
            ), changed AS (
                UPDATE adjust_batch.delivery d
                SET state = p.state, held_by = p.held_by, run_id = coalesce(:runId::bigint, d.run_id), decided_by = 'local',
                    next_attempt_at = CASE WHEN d.state <> 'DEFERRED' THEN d.next_attempt_at END,
                    reason = CASE WHEN p.held_by IS NOT NULL THEN format('waits for row %s', p.held_by)
                                  WHEN former_holder IS NOT NULL THEN format('waits for row %s no longer', former_holder) END
                FROM projected p
                WHERE d.kind = :kind AND d.row_id = p.row_id AND d.finalized_at IS NULL AND d.state <> 'SENDING'
                RETURNING d.*
            ), journal AS (
                INSERT INTO adjust_batch.delivery_journal
                    (at, kind, row_id, run_id, state, attempt, error_class, reason, next_attempt_at, held_by, decided_by)
                SELECT now(), kind, row_id, :runId::bigint, state, attempts, error_class, reason, next_attempt_at, held_by, 'local'
                FROM changed
            )
            SELECT count(*) FROM changed WHERE state = 'PENDING'""";

    private final JdbcClient jdbc;
    private final boolean ordered;
    private final Duration maxHold;

    /**
     * @param ordered whether rows of a lane wait for one another; rows that repeat a transaction always do
     * @param maxHold how long a row in doubt holds the later ones of its lane
     */
    public HeldRows(JdbcClient jdbc, boolean ordered, Duration maxHold) {
        this.jdbc = jdbc;
        this.ordered = ordered;
        this.maxHold = maxHold;
    }

    /**
     * Computes anew which rows of a range of buckets are held, and takes up deferred rows that have fallen due.
     *
     * @param run null if a person's command changed the ledger between runs
     * @param deferredUntil deferred rows that are due by then are taken up; {@link Instant#EPOCH}: none
     * @return how many rows became free to go
     */
    public long project(Kind kind, Buckets buckets, @Nullable RunToken run, Instant now, Instant deferredUntil) {
        return jdbc.sql(SQL)
                .param("kind", kind.key())
                .param("ordered", ordered)
                .param("first", buckets.first())
                .param("end", buckets.end())
                .param("runId", run == null ? null : run.runId())
                .param("now", StagingMarks.at(now))
                .param("deferredUntil", StagingMarks.at(deferredUntil))
                .param("doubtHoldsSince", StagingMarks.at(now.minus(maxHold)))
                .query(Long.class)
                .single();
    }
}
