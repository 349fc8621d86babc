package io.adjustbatch.ledger;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger that is due to be sent, beside the same row as it stands in the warehouse now.
 *
 * @param position where it stands in the order of sending
 * @param lane rows of one lane leave one after the other; null: in any order
 * @param attempts requests that have been about to leave
 * @param errorClass of the last attempt; null if there was none
 * @param tries how many attempts in a row ended in that class
 * @param dueAt not to be sent before; null: at once
 * @param frozen what staging took down: what is sent
 * @param stagingFault what of the row could not be stored, in words; null for nearly every row
 * @param live the warehouse's row, for identifiers and parameters; null if it is gone from there
 */
public record OpenRow(
        Kind kind,
        Position position,
        @Nullable Long lane,
        int attempts,
        @Nullable ErrorClass errorClass,
        int tries,
        @Nullable Instant dueAt,
        Frozen frozen,
        @Nullable String stagingFault,
        @Nullable WarehouseRow live) {

    /** The warehouse's id. */
    public long rowId() {
        return position.rowId();
    }

    /**
     * Whether the warehouse now says something else than staging took down of a row that was never attempted: it is to
     * be staged anew. After the first attempt the row goes as it was staged.
     */
    public boolean isOutdated() {
        return attempts == 0 && live != null && stagingFault == null && !frozen.equals(Frozen.of(live));
    }

    /** The same row as it would be staged anew, if it is outdated. */
    OpenRow upToDate() {
        return live == null || !isOutdated()
                ? this
                : new OpenRow(
                        kind, position, lane, attempts, errorClass, tries, dueAt, Frozen.of(live), stagingFault, live);
    }

    /** The same row after an attempt: to be tried again. */
    public OpenRow afterAttempt(Settlement settlement) {
        return new OpenRow(
                kind,
                position,
                lane,
                settlement.attempts(),
                settlement.errorClass(),
                settlement.tries(),
                settlement.nextAttemptAt(),
                frozen,
                stagingFault,
                live);
    }

    /** The row to send: identifiers and parameters as they are now, everything of value as it was staged. */
    public @Nullable WarehouseRow toSend() {
        if (live == null) {
            return null;
        }
        return new WarehouseRow(
                kind,
                rowId(),
                frozen.appToken,
                frozen.environment,
                frozen.occurredAt,
                frozen.eventToken,
                frozen.revenue,
                frozen.currency,
                frozen.transactionId,
                live.parameters(),
                live.callbackParams(),
                live.partnerParams(),
                live.furtherParameters());
    }

    /**
     * What identifies and values a row, as staging took it down.
     *
     * @param currency upper-cased
     */
    public record Frozen(
            @Nullable String appToken,
            @Nullable String environment,
            @Nullable String eventToken,
            @Nullable String currency,
            @Nullable BigDecimal revenue,
            @Nullable Instant occurredAt,
            @Nullable String transactionId) {

        static Frozen of(WarehouseRow row) {
            return new Frozen(
                    row.appToken(),
                    row.environment(),
                    row.eventToken(),
                    row.currency() == null ? null : row.currency().toUpperCase(Locale.ROOT),
                    row.revenue(),
                    row.occurredAt(),
                    row.transactionId());
        }

        /** Money is compared by value: 1.10 is 1.1. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Frozen that
                    && Objects.equals(appToken, that.appToken)
                    && Objects.equals(environment, that.environment)
                    && Objects.equals(eventToken, that.eventToken)
                    && Objects.equals(currency, that.currency)
                    && sameMoney(revenue, that.revenue)
                    && Objects.equals(occurredAt, that.occurredAt)
                    && Objects.equals(transactionId, that.transactionId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(appToken, environment, eventToken, occurredAt, transactionId);
        }

        private static boolean sameMoney(@Nullable BigDecimal one, @Nullable BigDecimal other) {
            return (one == null) == (other == null) && (one == null || other == null || one.compareTo(other) == 0);
        }
    }
}
