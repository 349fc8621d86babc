package io.adjustbatch.adjust;

/** What kind of end an attempt, or the check before it, came to. Each class has its own policy. */
public enum ErrorClass {
    /** Adjust took the row: HTTP 200 with its JSON object, an {@code OK} or an empty body. */
    DELIVERED,
    /** Adjust has counted this row, or one that excludes it, before. */
    DUPLICATE,
    /** Adjust refuses this row, and would refuse it again unchanged. */
    ROW_FAULT,
    /** The event token is wrong for the app, or blocked: every row of it would be refused. */
    EVENT_TOKEN_FAULT,
    /** The app is unknown, inactive or not tracked on this platform: every row of it would be refused. */
    APP_FAULT,
    /** The S2S token is missing, wrong or lacks the endpoint's scope. */
    AUTH_FAULT,
    /** An answer that is not Adjust's, such as a proxy's error page: says nothing about the row. */
    UNRECOGNIZED,
    /** Adjust does not know the device yet; hours later it may. */
    DEVICE_UNKNOWN,
    /** The device's user has opted out, for good. */
    OPTED_OUT,
    /** Adjust asks for fewer requests. */
    THROTTLED,
    /** Provably not processed: no connection, or 503. */
    UNAVAILABLE,
    /** Adjust reports an internal error of its own. */
    SERVER_ERROR,
    /** The request left and no answer proves what became of it: Adjust may have counted the row. */
    AMBIGUOUS,
    /** Found before sending: the row cannot be sent as it is. */
    INVALID_ROW,
    /** Found before sending: the row is past Adjust's age limit. */
    TOO_OLD,
    /** Found before sending: its transaction was reported by another row. */
    REPEATED_TRANSACTION,
    /** Found before sending: its device has opted out. */
    SUPPRESSED_LOCALLY,
    /** Found before sending: the row's time has not come yet. */
    NOT_YET_DUE;

    /** Whether the class was found before anything was sent. */
    public boolean isLocal() {
        return switch (this) {
            case INVALID_ROW, TOO_OLD, REPEATED_TRANSACTION, SUPPRESSED_LOCALLY, NOT_YET_DUE -> true;
            case DELIVERED,
                    DUPLICATE,
                    ROW_FAULT,
                    EVENT_TOKEN_FAULT,
                    APP_FAULT,
                    AUTH_FAULT,
                    UNRECOGNIZED,
                    DEVICE_UNKNOWN,
                    OPTED_OUT,
                    THROTTLED,
                    UNAVAILABLE,
                    SERVER_ERROR,
                    AMBIGUOUS -> false;
        };
    }
}
