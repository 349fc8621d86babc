package io.adjustbatch.cli;

import io.adjustbatch.audit.Balance;
import io.adjustbatch.audit.Difference;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.StagedGroup;
import io.adjustbatch.ledger.WarehouseDifference;
import io.adjustbatch.ledger.WarehouseDifferences;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.RowKey;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What {@code reconcile --json} prints. */
final class ReconcileJson {

    private ReconcileJson() {}

    /** @param drift null if the warehouse could not be compared; what would tell of it is null then */
    static String of(Balance balance, @Nullable WarehouseDifferences drift) {
        ObjectNode document = JsonText.object()
                .put("balanced", balance.isBalanced())
                .put("imbalances", balance.differenceCount())
                .put("differences", drift == null ? null : drift.open())
                .put("accepted", drift == null ? null : drift.accepted());
        records(document, balance);
        var imbalances = document.putArray("listed_imbalances");
        balance.differences().forEach(difference -> imbalance(imbalances.addObject(), difference));
        if (drift == null) {
            document.putNull("listed_differences");
        } else {
            var differences = document.putArray("listed_differences");
            drift.listed().forEach(difference -> difference(differences.addObject(), difference));
        }
        return JsonText.of(document);
    }

    private static void difference(ObjectNode node, WarehouseDifference difference) {
        row(node, difference.kind(), difference.rowId());
        node.put("sort", difference.sort().name().toLowerCase(Locale.ROOT))
                .put("finding", difference.finding())
                .put("accepted", difference.accepted());
    }

    /** What {@code reconcile --accept --json} prints. */
    static String accepted(Collection<RowKey> rows) {
        ObjectNode document = JsonText.object();
        var accepted = document.putArray("accepted");
        rows.forEach(row -> row(accepted.addObject(), row.kind(), row.id()));
        return JsonText.of(document);
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

    private static void imbalance(ObjectNode node, Difference difference) {
        node.put("finding", difference.words());
        if (difference instanceof Difference.Totals totals) {
            totals(node.put("sort", "totals"), totals);
        } else if (difference instanceof Difference.Answers answers) {
            row(node.put("sort", "answers"), answers.kind(), answers.rowId());
            node.put("state", name(answers.state()))
                    .put("answers", answers.answers())
                    .put("sound", answers.sound());
        } else if (difference instanceof Difference.State state) {
            row(node.put("sort", "state"), state.kind(), state.rowId());
            node.put("state", name(state.ledger())).put("journal", name(state.journal()));
        }
    }

    private static void totals(ObjectNode node, Difference.Totals totals) {
        StagedGroup group = totals.group();
        node.put("kind", group.kind().key())
                .put("app_token", group.appToken())
                .put("environment", group.environment())
                .put("event_token", group.eventToken())
                .put("currency", group.currency())
                .put("utc_day", group.utcDay() == null ? null : group.utcDay().toString())
                .put("staged_rows", totals.stagedRows())
                .put("staged_revenue", totals.stagedRevenue().toPlainString())
                .put("ledger_rows", totals.ledgerRows())
                .put("ledger_revenue", totals.ledgerRevenue().toPlainString());
        totals.someRowIds().forEach(node.putArray("some_row_ids")::add);
    }

    private static void row(ObjectNode node, Kind kind, long rowId) {
        node.put("kind", kind.key()).put("row_id", rowId);
    }

    private static @Nullable String name(@Nullable RowState state) {
        return state == null ? null : state.name();
    }

    private static void tally(ObjectNode node, Tally tally) {
        node.put("rows", tally.rows());
        ObjectNode money = node.putObject("money");
        tally.money().forEach((currency, amount) -> money.put(currency, amount.toPlainString()));
    }
}
