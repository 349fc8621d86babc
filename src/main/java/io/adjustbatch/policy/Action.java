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
    /** Send the row again within this run, and leave it to the next one when its attempts are used up. */
    RETRY,
    /** Leave the row to a person: it may have been counted. */
    IN_DOUBT,
    /** Never contact the row's device again. Final. */
    SUPPRESS,
    /** Send nothing more of the row's event token in its app in this run; the row is pending again. */
    HALT_EVENT_TOKEN,
    /** Send nothing more of the row's app in this run, or of its platform if the fault reaches no further; likewise. */
    HALT_APP,
    /** Send nothing more of the row's app to its endpoint in this run; likewise. */
    HALT_ENDPOINT,
    /** Send nothing more in this run; likewise. */
    HALT_RUN;

    /** Whether the row goes again, at a time that the decision names. */
    public boolean sendsAgain() {
        return this == DEFER || this == RETRY;
    }

    /** Whether more than the row is stopped. */
    public boolean halts() {
        return switch (this) {
            case HALT_EVENT_TOKEN, HALT_APP, HALT_ENDPOINT, HALT_RUN -> true;
            case ACCEPT, DUPLICATE, REJECT, DEFER, RETRY, IN_DOUBT, SUPPRESS -> false;
        };
    }
}
