package io.adjustbatch.warehouse;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a warehouse relation, as it stands there: nothing is checked, defaulted or rounded yet.
 *
 * @param kind which relation it comes from
 * @param rowId the relation's {@code id}
 * @param appToken Adjust's token of the app
 * @param environment what the row says, {@code production} or {@code sandbox} if it is well
 * @param occurredAt when it happened; null if absent or not a finite time
 * @param eventToken of a purchase; null for other kinds
 * @param revenue exactly as stored; null if absent, or not a finite number
 * @param currency as stored, in any case of letters
 * @param transactionId the company's own id of a purchase; never sent to Adjust
 * @param parameters every further scalar column under its Adjust parameter name (identifiers included), in the
 *     relation's documented order, null and blank values left out
 * @param callbackParams JSON text
 * @param partnerParams JSON text
 * @param furtherParameters JSON text of an object whose keys are further Adjust parameter names
 */
public record WarehouseRow(
        Kind kind,
        long rowId,
        @Nullable String appToken,
        @Nullable String environment,
        @Nullable Instant occurredAt,
        @Nullable String eventToken,
        @Nullable BigDecimal revenue,
        @Nullable String currency,
        @Nullable String transactionId,
        Map<String, String> parameters,
        @Nullable String callbackParams,
        @Nullable String partnerParams,
        @Nullable String furtherParameters) {}
