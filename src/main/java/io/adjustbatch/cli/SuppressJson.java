package io.adjustbatch.cli;

import io.adjustbatch.ledger.SuppressedDevices.Entry;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What {@code suppress list}, {@code add} and {@code remove} print with {@code --json}. */
final class SuppressJson {

    private SuppressJson() {}

    /**
     * What was done about one device.
     *
     * @param change {@code added} or {@code removed}
     * @param identifiers how many of the device's were
     */
    static String changed(String appToken, String change, int identifiers) {
        return JsonText.of(JsonText.object().put("app_token", appToken).put(change, identifiers));
    }

    /** @param count how many there are, those beyond the limit included */
    static String of(long count, List<Entry> entries) {
        ObjectNode document = JsonText.object().put("count", count);
        var list = document.putArray("identifiers");
        for (Entry entry : entries) {
            list.addObject()
                    .put("app_token", entry.appToken())
                    .put("identifier", entry.identifier())
                    .put("suppressed_at", entry.since().toString())
                    .put("kind", entry.kind() == null ? null : entry.kind().key())
                    .put("row_id", entry.rowId())
                    .put("run_id", entry.runId())
                    .put("who", entry.who())
                    .put("because", entry.because());
        }
        return JsonText.of(document);
    }
}
