package io.adjustbatch.job;

/** The ledger no longer takes this run's settlements: another run has recovered its rows meanwhile. */
final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FencedException(int rows) {
        super(rows + " answers were not recorded, because another run has taken over: this one had lost its lock."
                + " The rows are in doubt or were sent by the other run; nothing false is in the ledger");
    }
}
