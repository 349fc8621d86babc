package io.adjustbatch.audit;

import io.adjustbatch.ledger.ComparisonScope;
import javax.sql.DataSource;

/**
 * Compares the three records that are kept independently of one another: the totals written at staging, the ledger's
 * rows, and the journal, which must have exactly one delivering answer, or a recorded resolution, for every {@code SENT}
 * row and none elsewhere. Besides, a row must be in the state that its last journal entry led to.
 *
 * <p>The database compares, in one snapshot, a few seconds for a million rows; only what differs comes over. Reads only;
 * threads may share it. During a run, rows on the wire are no difference.
 */
public final class Reconciliation {

    private final Snapshot snapshot;

    /** @param dataSource the database that holds the schema {@code adjust_batch} */
    public Reconciliation(DataSource dataSource) {
        snapshot = new Snapshot(dataSource);
    }

    /** Balances the rows that occurred in a period. Entries of rows that the ledger does not know always count. */
    public Balance balance(Period period) {
        return balance(period, ComparisonScope.LISTED);
    }

    /**
     * The same.
     *
     * @param listed the most differences of one sort and kind that are listed; at least 1
     */
    public Balance balance(Period period, int listed) {
        return snapshot.read(jdbc -> new Comparison(jdbc, period, listed).balance());
    }
}
