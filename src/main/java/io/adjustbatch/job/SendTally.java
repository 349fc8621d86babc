package io.adjustbatch.job;

import io.adjustbatch.ledger.RowState;

/** How many rows of one partition came to which kind of end, for Spring Batch's own counts. For one thread. */
final class SendTally {

    private long sent;
    private long refused;

    void add(RowState state) {
        if (state == RowState.SENT) {
            sent++;
        } else if (state.isFinal()) {
            refused++;
        }
    }

    /** Spring Batch's written items. */
    long sent() {
        return sent;
    }

    /** Settled for good without being sent: Spring Batch's skips. */
    long refused() {
        return refused;
    }
}
