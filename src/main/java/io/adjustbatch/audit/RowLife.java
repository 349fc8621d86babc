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
        List<Entry> entries) {

    public RowLife {
        entries = List.copyOf(entries);
    }

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
