package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the ledger knows of one row, from its staging to where it stands. No device identifier is in it.
 *
 * @param occurredAt null if the warehouse has no finite time
 * @param revenue as it was frozen; null if the row has none
 * @param attempts requests that left, or were about to
 * @param nextAttemptAt when it is due; null: at once, or never again
 * @param heldBy the row of its kind that it waits for; null if it waits for none
 * @param repeats the row of its kind that reported its transaction first; null if none did
 * @param late whether it came after a later row of its lane had been sent
 * @param halt what keeps it from leaving, if it is pending or deferred; null if nothing is known to
 * @param restagings how the warehouse changed it before its first attempt, in order
 * @param entries how it came into its state, in order
 */
public record RowLife(
        Kind kind,
        long rowId,
        RowState state,
        @Nullable String appToken,
        @Nullable String eventToken,
        @Nullable String environment,
        @Nullable Instant occurredAt,
        @Nullable BigDecimal revenue,
        @Nullable String currency,
        @Nullable String transactionId,
        Instant stagedAt,
        long stagedRunId,
        int attempts,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Long heldBy,
        @Nullable Long repeats,
        boolean late,
        @Nullable Long runId,
        @Nullable RowHalt halt,
        List<Restaging> restagings,
        List<Entry> entries) {

    public RowLife {
        restagings = List.copyOf(restagings);
        entries = List.copyOf(entries);
    }

    /** Its last transition; null if it has none. */
    public @Nullable Entry last() {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    /**
     * Whether the journal does not tell how the row came into its state: the ledger was changed by hand. What is on the
     * wire, or has never been, needs no entry.
     */
    public boolean isUnexplained() {
        Entry last = last();
        return state != RowState.SENDING && state != (last == null ? RowState.PENDING : last.state());
    }

    /**
     * The row was staged anew, since the warehouse had changed it before its first attempt.
     *
     * @param before the values that changed, as they were until then: {@code revenue was 9.99}; empty if none of those kept did
     */
    public record Restaging(Instant at, long runId, String before) {}

    /**
     * One transition.
     *
     * @param runId null if a person decided between runs
     * @param state that it led to
     * @param attempt how many requests had left by then
     * @param decidedBy {@code adjust}, {@code local} or {@code person}
     * @param who the person; null if it was none
     */
    public record Entry(
            Instant at,
            @Nullable Long runId,
            RowState state,
            int attempt,
            @Nullable String errorClass,
            @Nullable Integer httpStatus,
            @Nullable String message,
            @Nullable String reason,
            @Nullable Instant nextAttemptAt,
            String decidedBy,
            @Nullable String who) {}
}
