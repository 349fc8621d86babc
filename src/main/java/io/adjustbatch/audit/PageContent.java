package io.adjustbatch.audit;

import io.adjustbatch.audit.Headline.Fact;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.policy.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the page says, in the names that its template uses.
 *
 * @param tiles the four figures that matter, with their money
 * @param steps what to do next
 * @param warnings what a person should know, a sentence each
 * @param account the statement of account, a table a kind
 */
record PageContent(
        Headline headline,
        List<Tile> tiles,
        List<Step> steps,
        List<String> warnings,
        PageTable halts,
        PageTable faults,
        List<PageTable> account,
        List<Chart> dayCharts,
        List<PageTable> days,
        PageTable causes,
        List<Chart> refusalCharts,
        PageTable refusalsByDay,
        List<Chart> paceCharts,
        PageTable pace,
        PageTable refused,
        PageTable doubtful,
        PageTable files) {

    private static final int CURRENCIES = 3;

    /** A large figure. */
    record Tile(String style, String name, String rows, List<String> money, String meaning) {}

    /** One thing to do; the command is empty if there is none. */
    record Step(String words, String command) {

        static Step of(String sentence) {
            int command = sentence.indexOf(NextSteps.INVOCATION);
            return command < 0
                    ? new Step(sentence, "")
                    : new Step(sentence.substring(0, command).strip(), sentence.substring(command));
        }

        boolean hasCommand() {
            return !command.isEmpty();
        }
    }

    static PageContent of(Account account, PageRows rows, List<ReportFile> files) {
        DayTables days = new DayTables(rows);
        Pace pace = Pace.of(account, rows);
        return new PageContent(
                Headline.of(account),
                tiles(account),
                NextSteps.after(account).stream().map(Step::of).toList(),
                warnings(account),
                halts(account),
                faults(account),
                AccountTables.of(account),
                days.charts(),
                filled(days.rowsByDay(), days.moneyByDay(), days.byApp()),
                RefusalTables.causes(account),
                RefusalTables.chart(rows).stream().toList(),
                RefusalTables.byDay(rows),
                pace.chart().stream().toList(),
                pace.table(),
                RowTables.refused(rows, account.total(KindSummary::refused).rows()),
                RowTables.doubtful(rows, account.total(KindSummary::inDoubt).rows()),
                files(files));
    }

    private static List<Tile> tiles(Account account) {
        return List.of(
                tile(Fate.SENT, account.total(kind -> kind.in(RowState.SENT)), "Adjust took them"),
                tile(Fate.REFUSED, account.total(KindSummary::refused), "by Adjust, or by us before sending"),
                tile(Fate.IN_DOUBT, account.total(KindSummary::inDoubt), "a person must look them up"),
                tile(Fate.WAITING, account.total(KindSummary::waiting), "a later run sends them"));
    }

    private static Tile tile(Fate fate, Tally tally, String meaning) {
        return new Tile(
                tally.rows() == 0 ? "nothing" : fate.style(),
                fate.words(),
                Figures.number(tally.rows()),
                Figures.moneyLines(tally, CURRENCIES),
                meaning);
    }

    private static List<String> warnings(Account account) {
        List<String> warnings =
                new ArrayList<>(account.warnings().stream().map(Warning::text).toList());
        for (KindSummary kind : account.kinds()) {
            LeftOut leftOut = kind.leftOut();
            if (leftOut.tally().rows() > 0) {
                warnings.add(
                        "%s: a first staging left %s in the warehouse, too old for Adjust or before warehouse.since%s%s."
                                .formatted(
                                        AccountTables.words(kind.kind()),
                                        Figures.rows(leftOut.tally().rows()),
                                        money(leftOut.tally()),
                                        leftOut.firstAt() == null
                                                ? ""
                                                : ", from %s to %s UTC"
                                                        .formatted(
                                                                Figures.time(leftOut.firstAt()),
                                                                Figures.time(leftOut.lastAt()))));
            }
            if (kind.late() > 0) {
                warnings.add("%s: %s sent after a later one of the same device; Adjust may count them differently."
                        .formatted(AccountTables.words(kind.kind()), Figures.rows(kind.late())));
            }
        }
        return warnings;
    }

    private static String money(Tally tally) {
        String money = Figures.money(tally, CURRENCIES);
        return money.isEmpty() ? "" : " (" + money + ")";
    }

    private static PageTable halts(Account account) {
        PageTable table = new PageTable(
                "halts",
                "Halted in this run",
                "Nothing more of it was sent. Its rows are open, and the next run sends them.",
                List.of(
                        PageTable.text("What"),
                        PageTable.text("What was met"),
                        PageTable.text("What to do"),
                        PageTable.number("Rows waiting")));
        account.halts()
                .forEach(halt -> table.add(
                        halt.scope(),
                        halt.cause(),
                        new Remedy(halt.remedy()).sentence(),
                        Figures.number(halt.waitingRows())));
        return table;
    }

    private static PageTable faults(Account account) {
        PageTable table = new PageTable(
                "faults",
                "Faults of configuration",
                "What Adjust answered. None of these rows is lost or refused: they wait until the fault is mended.",
                List.of(
                        PageTable.text("Class"),
                        PageTable.text("Kind"),
                        PageTable.text("App"),
                        PageTable.text("Event"),
                        PageTable.text("Status"),
                        PageTable.text("Answer"),
                        PageTable.number("Rows answered so")));
        for (Fault fault : account.faults()) {
            table.add(
                    fault.errorClass(),
                    fault.kind().key(),
                    text(fault.appToken()),
                    text(fault.eventToken()),
                    text(fault.httpStatus()),
                    text(fault.message()),
                    Figures.number(fault.rows()));
        }
        return table;
    }

    private static PageTable files(List<ReportFile> files) {
        PageTable table = new PageTable(
                "files",
                "Files beside this page",
                "Read when this page was written. summary.json has the same figures for programs, and this page's own digest.",
                List.of(
                        PageTable.text("File"),
                        PageTable.number("Rows"),
                        PageTable.number("Bytes"),
                        PageTable.text("SHA-256")));
        files.forEach(file ->
                table.add(file.name(), Figures.number(file.rows()), Figures.number(file.bytes()), file.sha256()));
        return table;
    }

    private static List<PageTable> filled(PageTable... tables) {
        return Stream.of(tables).filter(PageTable::filled).toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Whether there is anything to warn of; for the template. */
    boolean alarming() {
        return !warnings.isEmpty() || faults.filled() || halts.filled();
    }

    /** For the template, which shows facts and nothing else. */
    List<Fact> facts() {
        return headline.facts();
    }
}
