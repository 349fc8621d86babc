package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Account;
import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.KindSummary;
import io.adjustbatch.audit.LeftOut;
import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.audit.ReportFile;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.audit.Warning;
import io.adjustbatch.audit.page.Headline.Fact;
import io.adjustbatch.ledger.RowState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that the page says, in the names that its template uses.
 *
 * @param tiles the four figures that matter, with their money
 * @param steps what to do next
 * @param warnings what a person should know, a sentence each
 * @param account the statement of account, a table a kind
 */
public record PageContent(
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

    public static PageContent of(Account account, PageRows rows, List<ReportFile> files) {
        DayTables days = new DayTables(rows);
        Pace pace = Pace.of(rows);
        return new PageContent(
                Headline.of(account),
                tiles(account),
                NextSteps.after(account).stream().map(Step::of).toList(),
                warnings(account),
                FaultTables.halts(account),
                FaultTables.faults(account),
                AccountTables.of(account),
                days.charts(),
                filled(days.rowsByDay(), days.moneyByDay(), AppTable.of(rows.apps())),
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

    /** Whether there is anything to warn of; for the template. */
    boolean alarming() {
        return !warnings.isEmpty() || faults.filled() || halts.filled();
    }

    /** How many refused rows it shows one by one. */
    public int refusedRows() {
        return refused.lines().size();
    }

    /** For the template, which shows facts and nothing else. */
    List<Fact> facts() {
        return headline.facts();
    }
}
