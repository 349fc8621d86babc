package io.adjustbatch.cli;

import io.adjustbatch.audit.Balance;
import io.adjustbatch.audit.Difference;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.WarehouseDifference.Sort;
import io.adjustbatch.ledger.WarehouseDifferences;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code reconcile} prints for people. */
final class ReconcileText {

    private ReconcileText() {}

    /** @param comparison null if the warehouse could not be compared */
    static String of(Balance balance, @Nullable WarehouseDifferences comparison, Colours colours) {
        WarehouseDifferences drift = Objects.requireNonNullElse(comparison, WarehouseDifferences.NONE);
        return records(balance)
                + list("%nThe books do not balance, %s:%n", balance.differenceCount(), words(balance.differences()))
                + warehouse(drift)
                + verdict(balance, drift, colours);
    }

    private static String records(Balance balance) {
        TextTable table = new TextTable()
                .add("kind", "staged", "in the ledger", "sent", "answers", "decided", "money staged", "in the ledger");
        for (Balance.Line line : balance.lines()) {
            table.add(
                    line.kind().key(),
                    SummaryTable.number(line.staged().rows()),
                    SummaryTable.number(line.inLedger().rows()),
                    SummaryTable.number(line.ledger()
                            .getOrDefault(RowState.SENT, Tally.NONE)
                            .rows()),
                    SummaryTable.number(line.answers()),
                    SummaryTable.number(line.resolutions()),
                    SummaryTable.amounts(line.staged()),
                    SummaryTable.amounts(line.inLedger()));
        }
        return table.toString();
    }

    private static List<String> words(List<Difference> differences) {
        return differences.stream().map(Difference::words).map(Printable::of).toList();
    }

    private static String warehouse(WarehouseDifferences drift) {
        return list("%nWarehouse and ledger differ, %s:%n", drift.open(), words(drift, false))
                + list("%nAccepted, and not counted, %s:%n", drift.accepted(), words(drift, true));
    }

    private static List<String> words(WarehouseDifferences drift, boolean accepted) {
        return drift.listed().stream()
                .filter(difference -> (difference.accepted() != null) == accepted)
                .map(difference -> difference.words() + (accepted ? " (accepted: " + difference.accepted() + ")" : ""))
                .map(Printable::of)
                .toList();
    }

    private static String list(String heading, long count, List<String> lines) {
        if (count == 0) {
            return "";
        }
        String more =
                count > lines.size() ? "  and %s more%n".formatted(SummaryTable.number(count - lines.size())) : "";
        return heading.formatted(SummaryTable.number(count) + (count == 1 ? " difference" : " differences"))
                + lines.stream().map("  %s%n"::formatted).collect(Collectors.joining())
                + more;
    }

    private static String firstMissing(WarehouseDifferences drift) {
        return drift.listed().stream()
                .filter(difference -> difference.sort() == Sort.MISSING && difference.accepted() == null)
                .findFirst()
                .map(row -> row.kind().key() + " " + row.rowId())
                .orElse("KIND ID");
    }

    private static String verdict(Balance balance, WarehouseDifferences drift, Colours colours) {
        if (balance.isBalanced() && drift.open() == 0) {
            return "%n%s%n".formatted(colours.paint(Tone.GOOD, "All agrees: staging, ledger, journal and warehouse."));
        }
        StringBuilder next = new StringBuilder("%nWhat next:%n".formatted());
        if (!balance.isBalanced()) {
            next.append(
                    "  The books do not balance: somebody changed the ledger by hand, or this is a defect. Keep the reports, and change nothing more.%n"
                            .formatted());
        }
        // a row that somebody took out of the ledger may have been sent: no run should take it up again
        if (balance.isBalanced() && drift.open(Sort.MISSING) > 0) {
            next.append(
                    "  Missing rows were committed later than warehouse.lookback allows for. A run that looks further back takes them; how far it must, says of each: %s explain %s%n"
                            .formatted(RootCommand.INVOCATION, firstMissing(drift)));
        }
        if (drift.open() > 0) {
            next.append("  Look into each row: %s explain KIND ID%n".formatted(RootCommand.INVOCATION));
        }
        if (balance.isBalanced()) {
            next.append("  What is known and right, accept: %s reconcile --accept KIND:ID --because TEXT%n"
                    .formatted(RootCommand.INVOCATION));
        }
        return next.toString();
    }
}
