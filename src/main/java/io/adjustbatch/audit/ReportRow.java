package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row as the report files list it; its components are their columns, in this order and under these names in
 * snake_case. No device identifier is among them.
 *
 * @param kind {@code session}, {@code purchase} or {@code ad_revenue}
 * @param rowId the warehouse relation's {@code id}
 * @param occurredAt UTC, ISO 8601; empty in a file if the warehouse has no finite time
 * @param revenue exactly as the warehouse has it, without an exponent
 * @param transactionId the company's own, of a purchase
 * @param state at the end of the run
 * @param errorClass why it is in its state
 * @param httpStatus of the answer that led to it
 * @param message Adjust's recognised message
 * @param reason in our words, or a person's
 * @param decidedBy {@code adjust}, {@code local} or {@code person}; empty if nothing has happened to the row
 * @param who the person
 * @param attempts requests that left for this row, in this run or before
 * @param firstAttemptAt when the end of its first attempt was recorded
 * @param lastAttemptAt when the end of its last attempt was recorded; empty while that is on the wire
 * @param decidedAt when it came into its state; empty if nothing has happened to it
 * @param nextAttemptAt when it is due, if not at once
 * @param heldBy the row of its lane that it waits for
 * @param runId the run that put it into its state; empty if a person did so between runs
 */
public record ReportRow(
        String kind,
        long rowId,
        @Nullable String appToken,
        @Nullable String eventToken,
        @Nullable String environment,
        @Nullable Instant occurredAt,
        @Nullable String currency,
        @Nullable BigDecimal revenue,
        @Nullable String transactionId,
        RowState state,
        @Nullable String errorClass,
        @Nullable Integer httpStatus,
        @Nullable String message,
        @Nullable String reason,
        @Nullable String decidedBy,
        @Nullable String who,
        int attempts,
        @Nullable Instant firstAttemptAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant decidedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Long heldBy,
        @Nullable Long runId) {

    /** The names of the columns, in the order of the files. */
    public static final List<String> COLUMNS = List.of(
            "kind",
            "row_id",
            "app_token",
            "event_token",
            "environment",
            "occurred_at",
            "currency",
            "revenue",
            "transaction_id",
            "state",
            "error_class",
            "http_status",
            "message",
            "reason",
            "decided_by",
            "who",
            "attempts",
            "first_attempt_at",
            "last_attempt_at",
            "decided_at",
            "next_attempt_at",
            "held_by",
            "run_id");

    public static ReportRow of(ResultSet row) throws SQLException {
        return new ReportRow(
                row.getString("kind"),
                row.getLong("row_id"),
                row.getString("app_token"),
                row.getString("event_token"),
                row.getString("environment"),
                RunSummaries.instant(row, "occurred_at"),
                row.getString("currency"),
                row.getBigDecimal("revenue"),
                row.getString("transaction_id"),
                RowState.valueOf(row.getString("state")),
                row.getString("error_class"),
                row.getObject("http_status", Integer.class),
                row.getString("message"),
                row.getString("reason"),
                row.getString("decided_by"),
                row.getString("who"),
                row.getInt("attempts"),
                RunSummaries.instant(row, "first_attempt_at"),
                RunSummaries.instant(row, "last_attempt_at"),
                RunSummaries.instant(row, "decided_at"),
                RunSummaries.instant(row, "next_attempt_at"),
                row.getObject("held_by", Long.class),
                row.getObject("run_id", Long.class));
    }

    /** Whether a person must decide it: in doubt, or on the wire when its run died. */
    public boolean waitsForPerson() {
        return state == RowState.IN_DOUBT || state == RowState.SENDING;
    }
}
