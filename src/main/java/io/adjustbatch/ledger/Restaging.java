package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes down anew the rows that the warehouse has changed before their first attempt. The totals get two entries more
 * for each, the old values taken off and the new ones added, and {@code restaged_row} keeps the old ones, so that what
 * was reported stays as it was.
 */
public final class Restaging {

    private static final String UNREAD = """
            w.id IN (SELECT o.row_id FROM adjust_batch.delivery o
                WHERE o.kind = :kind AND o.finalized_at IS NULL AND o.state = 'PENDING' AND o.attempts = 0
                  AND (o.occurred_at IS NULL OR o.repeats IS NOT NULL))""";

    private final JdbcClient jdbc;
    private final RepeatedTransactions repeatedTransactions;
    private final Relation relation;
    private final boolean transactionUnique;
    private final String sql;

    /** @param transactionUnique whether two purchases of one transaction id are the same purchase */
    public Restaging(JdbcClient jdbc, Relation relation, boolean transactionUnique) {
        this.jdbc = jdbc;
        this.repeatedTransactions = new RepeatedTransactions(jdbc);
        this.transactionUnique = transactionUnique;
        this.relation = relation;
        this.sql = """
                WITH outdated AS (
                    SELECT * FROM adjust_batch.delivery
                    WHERE kind = :kind AND row_id = ANY (:rowIds) AND state = 'PENDING' AND attempts = 0
                    FOR UPDATE
                ), restaged AS (
                    UPDATE adjust_batch.delivery d
                    SET app_token = n.app_token, event_token = n.event_token, environment = n.environment,
                        currency = n.currency, revenue = n.revenue, occurred_at = n.occurred_at,
                        transaction_id = n.transaction_id, loaded_at = n.loaded_at, staging_fault = n.staging_fault,
                        lane = n.lane, bucket = n.bucket
                    FROM outdated o JOIN (%s) n USING (row_id)
                    WHERE d.kind = :kind AND d.row_id = o.row_id
                    RETURNING d.*
                ), remembered AS (
                    INSERT INTO adjust_batch.restaged_row (run_id, at, kind, row_id, app_token, event_token, environment,
                        currency, revenue, occurred_at, transaction_id)
                    SELECT :runId, now(), o.kind, row_id, o.app_token, o.event_token, o.environment, o.currency,
                           o.revenue, o.occurred_at, o.transaction_id
                    FROM outdated o JOIN restaged USING (row_id)
                )
                INSERT INTO adjust_batch.staged_total (run_id, at, kind, app_token, environment, event_token, currency,
                    utc_day, row_count, revenue)
                SELECT :runId, now(), :kind, app_token, environment, event_token, currency,
                       (occurred_at AT TIME ZONE 'UTC')::date, sum(sign), coalesce(sum(sign * revenue), 0)
                FROM (
                    SELECT -1 AS sign, o.* FROM outdated o JOIN restaged USING (row_id)
                    UNION ALL
                    SELECT 1, r.* FROM restaged r
                ) changed
                GROUP BY 4, 5, 6, 7, 8""".formatted(FrozenColumns.select(relation, "w.id = ANY (:rowIds)"));
    }

    /**
     * Restages those of the rows that are still pending and unattempted, in one transaction. Compute {@link HeldRows} and
     * {@link RepeatedTransactions} anew before the rows are sent.
     */
    public void restage(RunToken run, Collection<Long> rowIds) {
        jdbc.sql(sql)
                .param("kind", relation.kind().key())
                .param("rowIds", rowIds.toArray(Long[]::new))
                .param("runId", run.runId())
                .update();
        if (transactionUnique && relation.kind() == Kind.PURCHASE) {
            repeatedTransactions.note(rowIds);
        }
    }

    /**
     * Restages the pending, unattempted rows that no reader would ever come to because of what the warehouse said before:
     * they have no time, or the transaction of another row. Mostly they were refused for just that, and replayed.
     */
    void restageUnread(RunToken run) {
        List<Long> rowIds = jdbc.sql("""
                        SELECT DISTINCT row_id
                        FROM adjust_batch.delivery d
                        JOIN (%s) n USING (row_id)
                        WHERE d.kind = :kind
                          AND (d.app_token, d.event_token, d.environment, d.occurred_at, d.transaction_id)
                            IS DISTINCT FROM (n.app_token, n.event_token, n.environment, n.occurred_at, n.transaction_id)""".formatted(FrozenColumns.select(relation, UNREAD)))
                .param("kind", relation.kind().key())
                .query(Long.class)
                .list();
        if (!rowIds.isEmpty()) {
            restage(run, rowIds);
        }
    }
}
