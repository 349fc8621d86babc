package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Well-formed rows of each kind, to be made ill one value at a time. */
final class Rows {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String GPS_ADID = "f1c2a3b4-0000-4abc-8def-1234567890ab";

    private final Kind kind;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private @Nullable String appToken = "4w565xzmb54d";
    private @Nullable String environment = "production";
    private @Nullable Instant occurredAt = NOW.minusSeconds(60);
    private @Nullable String eventToken;
    private @Nullable BigDecimal revenue;
    private @Nullable String currency;
    private @Nullable String callbackParams;
    private @Nullable String partnerParams;
    private @Nullable String furtherParameters;

    private Rows(Kind kind) {
        this.kind = kind;
    }

    static Rows purchase() {
        Rows row = new Rows(Kind.PURCHASE).with("gps_adid", GPS_ADID);
        row.eventToken = "f0ob4r";
        return row.money("9.99", "EUR");
    }

    static Rows adRevenue() {
        return new Rows(Kind.AD_REVENUE)
                .with("gps_adid", GPS_ADID)
                .with("source", "publisher")
                .with("ad_impressions_count", "1")
                .money("0.0002", "USD");
    }

    static Rows session() {
        return new Rows(Kind.SESSION).with("gps_adid", GPS_ADID).with("os_name", "android");
    }

    static Rows of(Kind kind) {
        return switch (kind) {
            case SESSION -> session();
            case PURCHASE -> purchase();
            case AD_REVENUE -> adRevenue();
        };
    }

    /** Sets a column of the further scalars; null removes it. */
    Rows with(String column, @Nullable String value) {
        if (value == null) {
            parameters.remove(column);
        } else {
            parameters.put(column, value);
        }
        return this;
    }

    Rows appToken(@Nullable String value) {
        appToken = value;
        return this;
    }

    Rows environment(@Nullable String value) {
        environment = value;
        return this;
    }

    Rows at(@Nullable Instant value) {
        occurredAt = value;
        return this;
    }

    Rows eventToken(@Nullable String value) {
        eventToken = value;
        return this;
    }

    Rows money(@Nullable String amount, @Nullable String code) {
        revenue = amount == null ? null : new BigDecimal(amount);
        currency = code;
        return this;
    }

    Rows callback(@Nullable String json) {
        callbackParams = json;
        return this;
    }

    Rows partner(@Nullable String json) {
        partnerParams = json;
        return this;
    }

    Rows further(@Nullable String json) {
        furtherParameters = json;
        return this;
    }

    WarehouseRow row() {
        return new WarehouseRow(
                kind,
                17,
                appToken,
                environment,
                occurredAt,
                eventToken,
                revenue,
                currency,
                null,
                parameters,
                callbackParams,
                partnerParams,
                furtherParameters);
    }

    Preparation prepared() {
        return new RequestPreparer(null).prepare(row(), NOW);
    }

    /** The request's body; fails if the row was refused. */
    String body() {
        return request().body();
    }

    AdjustRequest request() {
        if (prepared() instanceof Preparation.Ready ready) {
            return ready.request();
        }
        throw new AssertionError("not ready: " + prepared());
    }

    /** Why the row is an INVALID_ROW; fails if it is not. */
    String reason() {
        if (prepared() instanceof Preparation.Refused refused && refused.errorClass() == ErrorClass.INVALID_ROW) {
            return refused.reason();
        }
        throw new AssertionError("not refused: " + prepared());
    }
}
