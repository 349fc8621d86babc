package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code callback_params} and {@code partner_params} as flat JSON; the latter are not for ad revenue (dev.adjust.com,
 * "S2S ad revenue").
 *
 * <p>With a reference parameter, the callback parameter of that name carries {@code kind:row_id}. A row that has a
 * callback parameter of the same name keeps its own: what the company tells its partners is never overwritten.
 */
final class CustomParameters implements Section {

    private final @Nullable String referenceParameter;

    /** @param referenceParameter name of the callback parameter that tells the row; null for none */
    CustomParameters(@Nullable String referenceParameter) {
        this.referenceParameter = referenceParameter;
    }

    @Override
    public void write(Draft draft) {
        WarehouseRow row = draft.row();
        Map<String, String> callback = read(draft, "callback_params", row.callbackParams());
        if (referenceParameter != null) {
            callback = new LinkedHashMap<>(callback);
            callback.putIfAbsent(referenceParameter, row.kind().key() + ":" + row.rowId());
        }
        add(draft, "callback_params", callback);
        if (row.kind() != Kind.AD_REVENUE) {
            add(draft, "partner_params", read(draft, "partner_params", row.partnerParams()));
        }
    }

    private static Map<String, String> read(Draft draft, String column, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Map.of();
        }
        FlatJson flat = FlatJson.of(text);
        if (flat.fault() != null) {
            draft.refuse(column + " " + flat.fault());
        }
        return flat.entries();
    }

    private static void add(Draft draft, String name, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            draft.form().add(name, FlatJson.write(entries));
        }
    }
}
