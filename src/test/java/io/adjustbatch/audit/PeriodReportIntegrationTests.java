package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.LedgerFixture.Staged;
import io.adjustbatch.audit.files.PeriodReport;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.testing.LedgerSums;
import io.adjustbatch.testing.ReportSums;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of days that have rows: of two nights, the first of which goes on past midnight. */
class PeriodReportIntegrationTests {

    private static final Staged UNCHANGED = purchase("3.30");
    private static final Staged MENDED = purchase("0.03");

    private final LedgerFixture ledger = new LedgerFixture();
    private final PeriodReport report;

    PeriodReportIntegrationTests(@TempDir Path directory) {
        report = new PeriodReport(ledger.dataSource(), directory);
    }

    @Test
    void daysAddUpToTheLedger() {
        twoNights();

        Path first = report(1).folder();
        Path second = report(2).folder();

        LedgerSums sums = LedgerSums.of(ledger.jdbc(), 1);
        assertThat(both(first, second, ReportSums::rows, name -> name.matches("(sent|rejected).*")))
                .isEqualTo(sums.files());
        assertThat(both(first, second, ReportSums::summary, name -> name.matches(".*(SENT|REJECTED|INVALID).*")))
                .isEqualTo(sums.states());
        assertThat(both(first, second, ReportSums::page, name -> name.matches(".*(Sent|Rejected|Invalid|Settled).*")))
                .isEqualTo(sums.lines());
        assertThat(ReportSums.rows(first)).containsEntry("sent.csv purchase SENT app1 rows", BigDecimal.valueOf(2));
    }

    @Test
    void eachDayBeginsWithWhatTheOneBeforeLeftAndTheyMakeOnePeriod() {
        twoNights();

        KindSummary first = report(1).summary().of(Kind.PURCHASE);
        KindSummary second = report(2).summary().of(Kind.PURCHASE);
        KindSummary both = report(1, 2).summary().of(Kind.PURCHASE);

        assertThat(first.totalOpen().rows()).isEqualTo(4);
        assertThat(second.carriedIn()).isEqualTo(first.totalOpen());
        assertThat(both.totalSettled()).isEqualTo(first.totalSettled().plus(second.totalSettled()));
        assertThat(both.staged()).isEqualTo(first.staged().plus(second.staged()));
        assertThat(both.requests())
                .isEqualTo(first.requests() + second.requests())
                .isEqualTo(7);
        assertThat(Stream.of(first, second, both))
                .allMatch(kind -> kind.difference().isNothing());
    }

    @Test
    void givesTheSameBytesAfterLaterRunsReplaysAndRestagings() throws IOException {
        twoNights();
        Map<String, String> first = contents(report(1).folder());
        Map<String, String> both = contents(report(1, 2).folder());

        ledger.until("2026-03-03T01:00:00Z")
                .person(2, RowState.PENDING, "mended")
                .person(5, RowState.SENT, "seen in Adjust's export")
                .run(3)
                .restage(purchase("0.03"), purchase("0.04"))
                .stage(30, "30", "EUR")
                .sent(2)
                .sent(3)
                .sent(30)
                .end();

        assertThat(report(1).isFinal()).isTrue();
        assertThat(contents(report(1).folder())).hasSize(6).isEqualTo(first);
        assertThat(contents(report(1, 2).folder())).hasSize(6).isEqualTo(both);
        assertThat(report(3).summary().of(Kind.PURCHASE).reopened())
                .isEqualTo(Tally.of(1, "EUR", new BigDecimal("2.10")));
    }

    @Test
    void isNotFinalUntilTheRunIsOverThatDiedBeforeMidnight() throws IOException {
        ledger.until("2026-03-01T22:00:00Z")
                .run(1)
                .stage(1, "1.10", "EUR")
                .stage(2, "2.20", "EUR")
                .sent(1)
                .send(Kind.PURCHASE, 2);
        assertThat(report(1).isFinal()).isFalse();
        assertThat(report(1).summary().in(RowState.SENDING).rows()).isEqualTo(1);

        ledger.until("2026-03-02T22:00:00Z")
                .abandon(2)
                .run(2)
                .stage(3, "3.30", "EUR")
                .sent(3)
                .end();

        PeriodReport.Written over = report(1);
        assertThat(over.isFinal()).isTrue();
        assertThat(report(2).summary().of(Kind.PURCHASE).carriedIn())
                .isEqualTo(Tally.of(1, "EUR", new BigDecimal("2.20")));
        assertThat(report(2).summary().in(RowState.IN_DOUBT).rows()).isEqualTo(1);
        Map<String, String> files = contents(over.folder());
        ledger.until("2026-03-03T22:00:00Z")
                .person(2, RowState.SENT, "seen in Adjust's export")
                .run(3)
                .end();
        assertThat(contents(report(1).folder())).isEqualTo(files);
    }

    /** Rows 1 and 4 go before midnight, 6 and 7 after it; 2 is refused, 3 staged anew, 5 in doubt, 10 invalid. */
    private void twoNights() {
        ledger.until("2026-03-01T22:00:00Z").run(1);
        for (long row = 1; row <= 6; row++) {
            ledger.stage(row == 3 ? UNCHANGED : purchase(row));
        }
        ledger.sent(1)
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .sent(4)
                .attempt(5, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .stage(10, null, null)
                .until("2026-03-02T00:00:00Z")
                .sent(6)
                .decide(10, RowState.INVALID, "INVALID_ROW", "no identifier")
                .end(RunState.COMPLETED, 3, null)
                .until("2026-03-02T22:00:00Z")
                .run(2)
                .restage(UNCHANGED, MENDED)
                .stage(7, "7.70", "USD")
                .attempt(7, RowState.PENDING, "SERVER_ERROR", 500, "Internal error, contact support@adjust.com")
                .sent(7)
                .end();
    }

    private PeriodReport.Written report(int day) {
        return report(day, day);
    }

    private PeriodReport.Written report(int from, int to) {
        return report.write(new Period(LocalDate.of(2026, 3, from), LocalDate.of(2026, 3, to)));
    }

    private static Staged purchase(long row) {
        return new Staged(Kind.PURCHASE, row, "app1", "evt1", row + ".10", "EUR", "2026-02-28T12:00:00Z");
    }

    private static Staged purchase(String revenue) {
        return new Staged(Kind.PURCHASE, 3, "app1", "evt1", revenue, "EUR", "2026-02-28T12:00:00Z");
    }

    /** What the first report says is settled, and all that the second says. */
    private static SortedMap<String, BigDecimal> both(
            Path first, Path second, Function<Path, SortedMap<String, BigDecimal>> sums, Predicate<String> settled) {
        SortedMap<String, BigDecimal> both = new TreeMap<>(sums.apply(second));
        sums.apply(first).forEach((name, sum) -> {
            if (settled.test(name)) {
                both.merge(name, sum, (one, other) -> one.add(other).stripTrailingZeros());
            }
        });
        return both;
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
