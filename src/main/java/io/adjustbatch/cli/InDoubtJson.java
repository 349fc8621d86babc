package io.adjustbatch.cli;

import io.adjustbatch.ledger.InDoubtRows.Finding;
import io.adjustbatch.ledger.InDoubtRows.InDoubtRow;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What {@code in-doubt list} and {@code in-doubt resolve} print with {@code --json}. */
final class InDoubtJson {

    private InDoubtJson() {}

    /** What was recorded about so many rows, and what to do next, or null. */
    static String resolved(int rows, Finding finding) {
        return JsonText.of(JsonText.object()
                .put("resolved", rows)
                .put("as", finding == Finding.SENT ? "sent" : "not-sent")
                .put("next", finding == Finding.SENT ? null : RootCommand.INVOCATION + " run"));
    }

    /** @param count how many there are, those beyond the limit included */
    static String of(long count, List<InDoubtRow> rows) {
        ObjectNode document = JsonText.object().put("count", count);
        var list = document.putArray("rows");
        for (InDoubtRow row : rows) {
            list.addObject()
                    .put("kind", row.kind().key())
                    .put("row_id", row.rowId())
                    .put("app_token", row.appToken())
                    .put("event_token", row.eventToken())
                    .put("occurred_at", row.occurredAt().toString())
                    .put("revenue", JsonText.money(row.revenue()))
                    .put("currency", row.currency())
                    .put("transaction_id", row.transactionId())
                    .put("run_id", row.runId())
                    .put("last_attempt_at", row.since().toString())
                    .put("message", row.message())
                    .put("reason", row.reason());
        }
        return JsonText.of(document);
    }
}
