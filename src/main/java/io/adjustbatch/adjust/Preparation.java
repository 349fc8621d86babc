package io.adjustbatch.adjust;

import java.time.Instant;

/** What becomes of a row before anything is sent. */
public sealed interface Preparation {

    /** The row can go. */
    record Ready(AdjustRequest request) implements Preparation {}

    /**
     * The row cannot be sent as it is.
     *
     * @param errorClass {@link ErrorClass#INVALID_ROW} or {@link ErrorClass#TOO_OLD}
     * @param reason names the column and the offending value, in words for a person; never a device identifier
     */
    record Refused(ErrorClass errorClass, String reason) implements Preparation {}

    /** The row lies less than a day ahead: it can go at {@code dueAt}. */
    record NotYet(Instant dueAt, String reason) implements Preparation {}
}
