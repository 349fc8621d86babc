package io.adjustbatch.adjust;

/** How far an answer's fault reaches: what would meet the same answer if it were sent now. */
public enum FaultScope {
    /** The row alone, or nothing at all. */
    ROW,
    /** Every row of the event token in this app. */
    EVENT_TOKEN,
    /** Every row of the app. */
    APP,
    /** Every row of the app on the row's platform ({@code os_name}). */
    APP_PLATFORM,
    /** Every row of the app at this endpoint. */
    APP_ENDPOINT,
    /** Possibly every row at this endpoint: the answer is not Adjust's own. */
    ENDPOINT
}
