package io.adjustbatch.cli;

import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.InDoubtRows.InDoubtRow;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the rows in doubt. */
@Command(
        name = "list",
        description = {
            "Lists the rows in doubt, by kind and id.",
            "",
            "Only reads; it may be used while a run is at work."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... in-doubt list --run 17",
            "  ... in-doubt list --limit 100000 --json",
            "",
            "Exit codes: 0 shown; 2 wrong usage or configuration, no ledger yet; 1 unexpected failure."
        })
final class InDoubtListCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Mixin
    InDoubtSelection wanted = new InDoubtSelection();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            converter = RowLimitConverter.class,
            description = "Most rows to list. Default: 100.")
    int limit;

    @Option(
            names = "--json",
            description = "Print JSON: {count, rows}, with money as text so that no reader rounds it.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    InDoubtListCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Session session = sessions.openWithLedger()) {
            InDoubtRows rows = session.bean(InDoubtRows.class);
            show(rows.count(wanted.selection()), rows.list(wanted.selection(), limit));
            return 0;
        }
    }

    private void show(long count, List<InDoubtRow> rows) {
        if (json) {
            out.print(InDoubtJson.of(count, rows));
        } else if (count == 0) {
            out.println("No row is in doubt.");
        } else {
            out.print(table(rows));
            out.printf(
                    "%n%s in doubt%s.%n",
                    count == 1 ? "1 row" : SummaryTable.number(count) + " rows",
                    rows.size() < count
                            ? ", of which the first " + SummaryTable.number(rows.size()) + " are listed"
                            : "");
            out.printf(
                    "What next: look them up in Adjust's raw data, then%n  %s in-doubt resolve --row KIND:ID"
                            + " --as sent|not-sent --because TEXT%n",
                    RootCommand.INVOCATION);
        }
        out.flush();
    }

    private static TextTable table(List<InDoubtRow> rows) {
        TextTable table = new TextTable()
                .add("row", "app", "event", "time of the row", "money", "transaction", "run", "left at", "why");
        for (InDoubtRow row : rows) {
            table.add(
                    row.kind().key() + ":" + row.rowId(),
                    text(row.appToken()),
                    text(row.eventToken()),
                    row.occurredAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    row.revenue() == null ? "" : row.revenue().toPlainString() + " " + text(row.currency()),
                    text(row.transactionId()),
                    Long.toString(row.runId()),
                    row.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                    row.message() == null ? text(row.reason()) : row.message());
        }
        return table;
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
