package io.adjustbatch.ledger;

/** Where a run stands. */
public enum RunState {
    /** Holds the lock and works, or died doing so: the lock tells which. */
    RUNNING,
    /** Came to its end, and nothing was halted. */
    COMPLETED,
    /** Came to its end with something halted: a configuration fault, a limit, Adjust unreachable. */
    HALTED,
    /** Stopped by a signal or {@code --until}; rows are left. */
    STOPPED,
    /** Ended by an unexpected failure. */
    FAILED,
    /** Died without a word; found and closed by a later run. */
    ABANDONED
}
