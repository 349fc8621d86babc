package io.adjustbatch.cli;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.job.ReplayPreview;
import io.adjustbatch.ledger.RefusedRows.Group;
import java.util.Objects;

/** What {@code replay} tells people: what would be done, what would become of it, and what was done. */
final class ReplayText {

    private ReplayText() {}

    static String before(ErrorClass errorClass, ReplayPreview preview) {
        if (preview.groups().isEmpty()) {
            return "No refused row of class %s is meant by that.%s Nothing was done.%n"
                    .formatted(errorClass, hint(errorClass));
        }
        TextTable table = new TextTable().add("kind", "state", "rows", "money");
        for (Group group : preview.groups()) {
            table.add(
                    group.kind().key(),
                    SummaryTable.words(group.state()),
                    SummaryTable.number(group.rows()),
                    money(group));
        }
        return table + consequences(preview);
    }

    static String question(long rows) {
        return rows == 1
                ? "Make this row pending again?"
                : "Make these %s rows pending again?".formatted(SummaryTable.number(rows));
    }

    static String done(long rows) {
        return "%n%s pending again.%nWhat next: %s run%n"
                .formatted(rows == 1 ? "1 row is" : SummaryTable.number(rows) + " rows are", RootCommand.INVOCATION);
    }

    private static String hint(ErrorClass errorClass) {
        return switch (errorClass) {
            case DUPLICATE ->
                " Adjust has counted the rows of this class before, so they are never sent again; what we found to be a"
                        + " duplicate is of class REPEATED_TRANSACTION.";
            case DELIVERED -> " The rows of this class were sent.";
            case AMBIGUOUS -> " Rows in doubt are decided by: " + RootCommand.INVOCATION + " in-doubt list.";
            default -> "";
        };
    }

    private static String money(Group group) {
        return group.revenue() == null
                ? ""
                : group.revenue().toPlainString() + " " + Objects.requireNonNullElse(group.currency(), "(no currency)");
    }

    private static String consequences(ReplayPreview preview) {
        StringBuilder text = new StringBuilder();
        add(
                text,
                preview.late(),
                preview.lateAreRefused()
                        ? "late, after a later row of the same device and event was sent: to be refused again, for"
                                + " adjust.ordering.late is reject."
                        : "late, after a later row of the same device and event was sent: to go out of order, marked as"
                                + " late; Adjust may refuse that.");
        add(text, preview.tooOld(), "past Adjust's age limit: only to expire again. --since leaves such rows out.");
        add(
                text,
                preview.suppressed(),
                "of an opted-out device: only to be suppressed again. If its user has opted in since, first:%n  %s"
                                .formatted(RootCommand.INVOCATION)
                        + " suppress remove --row KIND:ID --because TEXT");
        add(
                text,
                preview.repeated(),
                "of a transaction that another row has reported: only to be refused again, unless the warehouse names"
                        + " another transaction by now.");
        return text.isEmpty() ? "" : "%nOf these, so far as is known now:%n%s".formatted(text);
    }

    private static void add(StringBuilder text, long rows, String what) {
        if (rows > 0) {
            text.append("%s %s%n".formatted(rows == 1 ? "1 row is" : SummaryTable.number(rows) + " rows are", what));
        }
    }
}
