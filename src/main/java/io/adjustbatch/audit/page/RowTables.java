package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.ReportRow;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Single rows: those that were refused, and those that wait for a person. */
final class RowTables {

    private static final int LONGEST_CELL = 200;

    private RowTables() {}

    /** The first rows that were refused, as they are listed in {@code rejected.csv}. */
    static PageTable refused(PageRows rows, long all) {
        return table("refused-rows", "Refused rows", "rejected.csv", rows.refused(), all);
    }

    /** The first rows that wait for a person, as they are listed in {@code in-doubt.csv}. */
    static PageTable doubtful(PageRows rows, long all) {
        return table("doubtful-rows", "Rows in doubt", "in-doubt.csv", rows.doubtful(), all);
    }

    /** A row as a line of these tables, cut to a length that a page can bear. */
    static List<String> cells(ReportRow row) {
        return Stream.of(
                        row.kind() + ":" + row.rowId(),
                        Figures.time(row.occurredAt()),
                        row.revenue() == null ? "" : Figures.money(row.revenue()),
                        row.currency(),
                        row.state().name(),
                        why(row),
                        row.errorClass(),
                        row.httpStatus() == null ? "" : row.httpStatus().toString(),
                        row.appToken(),
                        row.eventToken(),
                        row.transactionId())
                .map(cell -> Figures.brief(cell, LONGEST_CELL))
                .toList();
    }

    private static @Nullable String why(ReportRow row) {
        return row.message() == null ? row.reason() : row.message();
    }

    private static PageTable table(String id, String caption, String file, List<List<String>> lines, long all) {
        PageTable table = new PageTable(
                id,
                caption,
                (lines.size() < all
                                ? "The first %s of %s. ".formatted(Figures.number(lines.size()), Figures.rows(all))
                                : "All %s. ".formatted(Figures.rows(all)))
                        + "All columns of all rows are in " + file + ".",
                List.of(
                        PageTable.text("Row"),
                        PageTable.text("Time of the row, UTC"),
                        PageTable.number("Money"),
                        PageTable.choice("Currency"),
                        PageTable.choice("State"),
                        PageTable.text("Why"),
                        PageTable.choice("Class"),
                        PageTable.text("Status"),
                        PageTable.choice("App"),
                        PageTable.text("Event"),
                        PageTable.text("Transaction")));
        lines.forEach(line -> table.add("", line));
        return table;
    }
}
