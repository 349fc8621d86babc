package io.adjustbatch.cli;

import io.adjustbatch.audit.Balance;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.WarehouseDifferences;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code reconcile --json} prints. */
final class ReconcileJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReconcileJson() {}

    static String of(Balance balance, WarehouseDifferences drift) {
        ObjectNode document = JSON.createObjectNode()
                .put("balanced", balance.isBalanced())
                .put("imbalances", balance.differenceCount())
                .put("differences", drift.open())
                .put("accepted", drift.accepted());
        records(document, balance);
        var imbalances = document.putArray("listed_imbalances");
        balance.differences().forEach(difference -> imbalances.add(difference.words()));
        var differences = document.putArray("listed_differences");
        drift.listed()
                .forEach(difference -> differences
                        .addObject()
                        .put("kind", difference.kind().key())
                        .put("row_id", difference.rowId())
                        .put("sort", difference.sort().name().toLowerCase(Locale.ROOT))
                        .put("finding", difference.finding())
                        .put("accepted", difference.accepted()));
        return JSON.writeValueAsString(document) + System.lineSeparator();
    }

    private static void records(ObjectNode document, Balance balance) {
        var kinds = document.putArray("kinds");
        for (Balance.Line line : balance.lines()) {
            ObjectNode kind = kinds.addObject().put("kind", line.kind().key());
            tally(kind.putObject("staged"), line.staged());
            tally(kind.putObject("ledger"), line.inLedger());
            kind.put("answers", line.answers()).put("resolutions", line.resolutions());
        }
    }

    private static void tally(ObjectNode node, Tally tally) {
        node.put("rows", tally.rows());
        ObjectNode money = node.putObject("money");
        tally.money().forEach((currency, amount) -> money.put(currency, amount.toPlainString()));
    }
}
