package io.adjustbatch.policy;

/** What can be done about the outcome of an attempt. */
public enum Action {
    /** Count the row as sent. Final. */
    ACCEPT,
    /** Count the row as reported before. Final. */
    DUPLICATE,
    /** Give the row up. Final. */
    REJECT,
    /** Leave the row to a later run. */
    DEFER,
    /** Send the row again within this run. */
    RETRY,
    /** Leave the row to a person: it may have been counted. */
    IN_DOUBT,
    /** Never contact the row's device again. Final. */
    SUPPRESS,
    /** Send nothing more of what the fault reaches in this run; the row is pending again. */
    HALT
}
