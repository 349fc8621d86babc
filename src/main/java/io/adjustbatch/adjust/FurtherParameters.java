package io.adjustbatch.adjust;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Joins the column {@code parameters}, whose keys are further parameters of Adjust's, to the row's own columns. What
 * the protocol or another column sets cannot be set there: the request would contradict the ledger.
 */
final class FurtherParameters implements Section {

    private static final Set<String> RESERVED = Set.of(
            "s2s",
            "app_token",
            "event_token",
            "environment",
            "created_at",
            "created_at_unix",
            "revenue",
            "amount",
            "currency",
            "callback_params",
            "partner_params");

    @Override
    public void write(Draft draft) {
        String text = draft.row().furtherParameters();
        if (text != null && !text.isBlank()) {
            join(draft, FlatJson.of(text));
        }
        for (String name : draft.parameters().keySet()) {
            if (RESERVED.contains(name)) {
                draft.refuse("parameters must not set " + name + ", which has a column of its own or is set by Adjust "
                        + "Batch");
            }
        }
    }

    private static void join(Draft draft, FlatJson further) {
        if (further.fault() != null) {
            draft.refuse("parameters " + further.fault());
        } else if (further.firstNested() != null) {
            draft.refuse("parameters must be flat, but " + Shown.value(further.firstNested()) + " is nested");
        } else {
            Map<String, String> columns = draft.parameters();
            Map<String, String> joined = new LinkedHashMap<>(columns);
            further.entries().forEach((name, value) -> {
                if (name.isBlank()) {
                    draft.refuse("parameters has a key without a name");
                } else if (joined.putIfAbsent(name, value) != null) {
                    draft.refuse("parameters must not set " + name + ", which the row's own column sets");
                }
            });
            draft.replaceParameters(joined);
        }
    }
}
