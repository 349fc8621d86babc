package io.adjustbatch.ledger;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.policy.Decision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row that leaves {@link RowState#SENDING} or, without having been sent, {@link RowState#PENDING}.
 *
 * @param from the state it must be in; if it is in another, nothing is recorded
 * @param attempts the number of attempts it must have, this one included; likewise
 * @param to the state it enters
 * @param tries attempts in a row that ended in the class
 * @param nextAttemptAt not to be sent before; required for {@link RowState#DEFERRED}
 * @param heldBy the row it waits for; required for {@link RowState#HELD}
 */
public record Settlement(
        long rowId,
        RowState from,
        int attempts,
        RowState to,
        int tries,
        ErrorClass errorClass,
        @Nullable Integer httpStatus,
        @Nullable String message,
        @Nullable String reason,
        @Nullable Instant nextAttemptAt,
        @Nullable Long heldBy) {

    public Settlement {
        if (!from.successors().contains(to)) {
            throw new IllegalArgumentException("row " + rowId + " cannot go from " + from + " to " + to);
        }
    }

    /** An attempt has come to its end, and this was decided about it. */
    public static Settlement answered(OpenRow row, Outcome outcome, Decision decision) {
        return new Settlement(
                row.rowId(),
                RowState.SENDING,
                row.attempts() + 1,
                stateAfter(decision),
                decision.tries(),
                outcome.errorClass(),
                outcome.httpStatus(),
                outcome.message(),
                decision.reason(),
                decision.nextAttemptAt(),
                null);
    }

    /**
     * The row is not sent, for a reason found before.
     *
     * @param to a final state
     */
    public static Settlement refused(OpenRow row, RowState to, ErrorClass errorClass, String reason) {
        return unsent(row, to, errorClass, reason, null);
    }

    /** The row is not sent, for its device has opted out. */
    public static Settlement suppressed(OpenRow row, String reason) {
        return refused(row, RowState.SUPPRESSED, ErrorClass.SUPPRESSED_LOCALLY, reason);
    }

    /** As {@link #suppressed}, of a row whose intent is committed and whose request has not left. */
    public static Settlement withdrawn(OpenRow row, String reason) {
        return new Settlement(
                row.rowId(),
                RowState.SENDING,
                row.attempts() + 1,
                RowState.SUPPRESSED,
                0,
                ErrorClass.SUPPRESSED_LOCALLY,
                null,
                null,
                reason,
                null,
                null);
    }

    /** The row is not sent before that time. */
    public static Settlement deferred(OpenRow row, Instant dueAt, String reason) {
        return unsent(row, RowState.DEFERRED, ErrorClass.NOT_YET_DUE, reason, dueAt);
    }

    private static Settlement unsent(
            OpenRow row, RowState to, ErrorClass errorClass, String reason, @Nullable Instant nextAttemptAt) {
        return new Settlement(
                row.rowId(),
                RowState.PENDING,
                row.attempts(),
                to,
                0,
                errorClass,
                null,
                null,
                reason,
                nextAttemptAt,
                null);
    }

    /** Who decided: Adjust by its answer, or we. */
    String decidedBy() {
        return httpStatus != null ? "adjust" : "local";
    }

    private static RowState stateAfter(Decision decision) {
        return switch (decision.action()) {
            case ACCEPT -> RowState.SENT;
            case DUPLICATE -> RowState.DUPLICATE;
            case REJECT -> RowState.REJECTED;
            case DEFER -> RowState.DEFERRED;
            case RETRY, HALT_EVENT_TOKEN, HALT_APP, HALT_ENDPOINT, HALT_RUN -> RowState.PENDING;
            case IN_DOUBT -> RowState.IN_DOUBT;
            case SUPPRESS -> RowState.SUPPRESSED;
        };
    }
}
