package io.adjustbatch.job;

import io.adjustbatch.ledger.Buckets;
import io.adjustbatch.ledger.HeldRows;
import io.adjustbatch.ledger.LateRows;
import io.adjustbatch.ledger.RepeatedTransactions;
import io.adjustbatch.ledger.RunToken;
import io.adjustbatch.warehouse.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the ledger's word on which rows may go: held behind others, late, or repeating what was reported. */
final class SendOrder {

    /** A deferred row is due in a run that starts up to so long before its time: "24 hours" fits a nightly cron. */
    static final Duration DEFERRAL_SLACK = Duration.ofHours(3);

    private final HeldRows heldRows;
    private final LateRows lateRows;
    private final RepeatedTransactions repeatedTransactions;
    private final AdjustSettings adjust;
    private final Clock clock;

    SendOrder(JdbcClient jdbc, AdjustSettings adjust, Clock clock) {
        this.adjust = adjust;
        this.heldRows = new HeldRows(jdbc, isKept(), adjust.maxHold());
        this.lateRows = new LateRows(jdbc);
        this.repeatedTransactions = new RepeatedTransactions(jdbc);
        this.clock = clock;
    }

    /** Whether rows of a lane leave in time order, one at a time. */
    boolean isKept() {
        return adjust.ordering() == AdjustSettings.Ordering.STRICT;
    }

    /** Takes up what is due, holds what must wait, and settles what need not go at all. */
    void beforeSending(Kind kind, RunToken run) {
        Instant now = clock.instant();
        project(kind, Buckets.all(), run, now, now.plus(DEFERRAL_SLACK));
        if (isKept() && adjust.late() == AdjustSettings.Late.REJECT) {
            lateRows.refuse(kind, run);
        } else if (isKept()) {
            lateRows.mark(kind);
        }
    }

    /** Frees what waited for rows that have been settled, for the next run, and settles repeated transactions. */
    void afterSending(Kind kind, RunToken run) {
        project(kind, Buckets.all(), run, clock.instant(), Instant.EPOCH);
    }

    /**
     * Holds the rows of a range of buckets behind those that are left open, and frees the others.
     *
     * @param run null between runs
     */
    void hold(Kind kind, Buckets buckets, @Nullable RunToken run) {
        heldRows.project(kind, buckets, run, clock.instant(), Instant.EPOCH);
    }

    /** Rows that were staged anew may have another transaction, or another place in their lane. */
    void afterRestaging(Kind kind, Buckets buckets, RunToken run) {
        project(kind, buckets, run, clock.instant(), Instant.EPOCH);
    }

    private void project(Kind kind, Buckets buckets, RunToken run, Instant now, Instant deferredUntil) {
        if (kind == Kind.PURCHASE) {
            repeatedTransactions.passOn();
        }
        heldRows.project(kind, buckets, run, now, deferredUntil);
        if (kind == Kind.PURCHASE) {
            repeatedTransactions.settle(run);
        }
    }
}
