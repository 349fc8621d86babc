package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunSummariesIntegrationTests {

    private final LedgerFixture ledger = new LedgerFixture();
    private final RunSummaries summaries = new RunSummaries(ledger.dataSource());

    @Test
    void findsNoRunThatIsNotThere() {
        assertThat(summaries.find(1)).isEmpty();
        assertThat(summaries.recentRuns(3)).isEmpty();
    }

    @Test
    void listsLatestRunsNewestFirst() {
        ledger.run(1).end().run(2).end(RunState.HALTED, 4, "app1 halted").run(3);

        assertThat(summaries.recentRuns(2)).extracting(Run::runId).containsExactly(3L, 2L);
        assertThat(summaries.recentRuns(2).get(1).reason()).isEqualTo("app1 halted");
        assertThat(summaries.recentRuns(2).get(0).endedAt()).isNull();
    }

    @Test
    void countsWhatRunDidWithRowsAndMoney() {
        ledger.run(1)
                .stage(1, "9.99", "EUR")
                .stage(2, "0.01", "EUR")
                .stage(3, "100", "JPY")
                .stage(4, null, null)
                .stage(5, "5.00", "USD")
                .stage(6, "7.5", "USD")
                .sent(1)
                .sent(2)
                .sent(4)
                .attempt(3, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .attempt(5, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .end(RunState.COMPLETED, 3, null);

        RunSummary run = summaries.find(1).orElseThrow();
        KindSummary purchases = purchases(run);

        assertThat(purchases.staged()).isEqualTo(tally(6, "EUR", "10.00", "JPY", "100", "USD", "12.50"));
        assertThat(purchases.in(RowState.SENT)).isEqualTo(tally(3, "EUR", "10.00"));
        assertThat(purchases.refused()).isEqualTo(tally(1, "JPY", "100"));
        assertThat(purchases.inDoubt()).isEqualTo(tally(1, "USD", "5.00"));
        assertThat(purchases.waiting()).isEqualTo(tally(1, "USD", "7.5"));
        assertThat(purchases.difference().isNothing()).isTrue();
        assertThat(purchases.requests()).isEqualTo(5);
        assertThat(run.in(RowState.SENT).rows()).isEqualTo(3);
        assertThat(run.duration()).isEqualTo(Duration.ofSeconds(17));
        assertThat(run.settingsDigest()).isEqualTo("c0ffee");
    }

    @Test
    void countsOpenRowsThatAdjustSoonRefusesForTheirAge() {
        ledger.run(1)
                .stage(purchase(1, "2026-01-03T00:00:00Z"))
                .stage(purchase(2, "2026-01-03T00:00:00Z"))
                .stage(purchase(3, "2026-01-10T00:00:00Z"))
                .stage(new LedgerFixture.Staged(Kind.AD_REVENUE, 4, "app1", null, "1", "EUR", "2026-02-02T00:00:00Z"))
                .stage(new LedgerFixture.Staged(Kind.SESSION, 5, "app1", null, null, null, "2025-01-01T00:00:00Z"))
                .sent(1)
                .end()
                .run(2)
                .sent(2)
                .end();

        assertThat(summaries.find(1).orElseThrow().kinds())
                .extracting(KindSummary::kind, KindSummary::expiring)
                .containsExactlyInAnyOrder(
                        tuple(Kind.PURCHASE, 1L), tuple(Kind.AD_REVENUE, 1L), tuple(Kind.SESSION, 0L));
    }

    private static LedgerFixture.Staged purchase(long rowId, String occurredAt) {
        return new LedgerFixture.Staged(Kind.PURCHASE, rowId, "app1", "evt1", "1", "EUR", occurredAt);
    }

    @Test
    void namesCauseOfEachRefusal() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .stage(2, "2", "EUR")
                .stage(3, "4", "EUR")
                .stage(4, "8", "EUR")
                .attempt(1, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .attempt(3, RowState.REJECTED, "ROW_FAULT", 400, "Invalid revenue")
                .decide(4, RowState.INVALID, "INVALID_ROW", "currency \"euro\" is not ISO 4217")
                .end();

        assertThat(purchases(1).settled())
                .containsExactly(
                        new Share(RowState.REJECTED, "ROW_FAULT", 400, "Bad event state", tally(2, "EUR", "3")),
                        new Share(RowState.REJECTED, "ROW_FAULT", 400, "Invalid revenue", tally(1, "EUR", "4")),
                        new Share(RowState.INVALID, "INVALID_ROW", null, null, tally(1, "EUR", "8")));
    }

    @Test
    void countsRetriesAsRequestsAndRowOnce() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .attempt(1, RowState.PENDING, "SERVER_ERROR", 500, "Internal error, contact support@adjust.com")
                .attempt(1, RowState.DEFERRED, "SERVER_ERROR", 500, "Internal error, contact support@adjust.com")
                .end()
                .run(2)
                .decide(1, RowState.PENDING, "SERVER_ERROR", "due")
                .sent(1)
                .end();

        assertThat(purchases(1).requests()).isEqualTo(2);
        assertThat(purchases(1).in(RowState.DEFERRED).rows()).isEqualTo(1);
        assertThat(purchases(2).requests()).isEqualTo(1);
        assertThat(purchases(2).carriedIn()).isEqualTo(tally(1, "EUR", "1"));
        assertThat(purchases(2).in(RowState.SENT).rows()).isEqualTo(1);
    }

    @Test
    void staysTheSameWhateverHappensLater() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .stage(2, "2", "EUR")
                .stage(3, "4", "EUR")
                .stage(4, "8", "EUR")
                .stage(5, "16", "EUR")
                .sent(1)
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .attempt(3, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .attempt(4, RowState.DEFERRED, "DEVICE_UNKNOWN", 404, "Device not found")
                .end();
        RunSummary atItsEnd = summaries.find(1).orElseThrow();

        ledger.person(2, RowState.PENDING, "fixed").person(3, RowState.SENT, "seen in Adjust's export");
        assertThat(summaries.find(1)).contains(atItsEnd);

        ledger.run(2).stage(6, "32", "EUR").sent(2).sent(4).sent(5).sent(6).end();
        assertThat(summaries.find(1)).contains(atItsEnd);
    }

    @Test
    void saysWhatThereIsToDoNowAfterPersonsHaveDecided() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .stage(2, "2", "EUR")
                .stage(3, "4", "EUR")
                .attempt(1, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .sent(3)
                .end();
        KindSummary before = summaries.latestUpToNow().orElseThrow().of(Kind.PURCHASE);
        ledger.person(1, RowState.SENT, "seen in Adjust's export").person(2, RowState.PENDING, "fixed");

        KindSummary now = summaries.latestUpToNow().orElseThrow().of(Kind.PURCHASE);

        assertThat(before.in(RowState.IN_DOUBT).rows()).isOne();
        assertThat(before.in(RowState.REJECTED).rows()).isOne();
        assertThat(now.in(RowState.IN_DOUBT).isNothing()).isTrue();
        assertThat(now.in(RowState.REJECTED).isNothing()).isTrue();
        assertThat(now.in(RowState.SENT)).isEqualTo(tally(2, "EUR", "5"));
        assertThat(now.in(RowState.PENDING)).isEqualTo(tally(1, "EUR", "2"));
        assertThat(now.difference().isNothing()).isTrue();
    }

    @Test
    void reckonsPersonsDecisionWithTheRunAfterIt() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .stage(2, "2", "EUR")
                .attempt(1, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .end()
                .person(1, RowState.SENT, "seen in Adjust's export")
                .person(2, RowState.PENDING, "fixed")
                .run(2)
                .end();

        KindSummary second = purchases(2);

        assertThat(second.in(RowState.SENT)).isEqualTo(tally(1, "EUR", "1"));
        assertThat(second.carriedIn()).isEqualTo(tally(1, "EUR", "1"));
        assertThat(second.reopened()).isEqualTo(tally(1, "EUR", "2"));
        assertThat(second.in(RowState.PENDING)).isEqualTo(tally(1, "EUR", "2"));
        assertThat(second.difference().isNothing()).isTrue();
        assertThat(second.requests()).isZero();
    }

    /** Row 1 is sent at once, row 2 by the run after; row 3 is refused before, and replayed. */
    @Test
    void saysOfEachRunWhatARowWasWorthThen() {
        var first = staged(1, "1", "EUR");
        var second = staged(2, "2", "EUR");
        var third = staged(3, "-4", "EUR");
        ledger.run(1)
                .stage(first)
                .stage(second)
                .stage(third)
                .decide(3, RowState.INVALID, "INVALID_ROW", "negative")
                .end()
                .person(3, RowState.PENDING, "mended")
                .run(2)
                .restage(first, staged(1, "10", "USD"))
                .restage(second, staged(2, "20", "USD"))
                .restage(third, staged(3, "40", "USD"))
                .sent(1)
                .sent(3)
                .end()
                .run(3)
                .restage(staged(2, "20", "USD"), staged(2, "200", "USD"))
                .sent(2)
                .end();

        assertThat(purchases(1).totalSettled()).isEqualTo(tally(1, "EUR", "-4"));
        assertThat(purchases(1).in(RowState.PENDING)).isEqualTo(tally(2, "EUR", "3"));
        assertThat(purchases(2).carriedIn()).isEqualTo(tally(2, "EUR", "3"));
        assertThat(purchases(2).reopened()).isEqualTo(tally(1, "EUR", "-4"));
        assertThat(purchases(2).in(RowState.SENT)).isEqualTo(tally(2, "USD", "50"));
        assertThat(purchases(2).in(RowState.PENDING)).isEqualTo(tally(1, "USD", "20"));
        assertThat(purchases(3).carriedIn()).isEqualTo(tally(1, "USD", "20"));
        assertThat(purchases(3).in(RowState.SENT)).isEqualTo(tally(1, "USD", "200"));
        for (int run = 1; run <= 3; run++) {
            assertThat(purchases(run).difference().isNothing()).isTrue();
        }
    }

    private static LedgerFixture.Staged staged(long rowId, String revenue, String currency) {
        return new LedgerFixture.Staged(
                Kind.PURCHASE, rowId, "app1", "evt1", revenue, currency, "2026-02-28T12:00:00Z");
    }

    @Test
    void goesOnWithRunThatWasRestarted() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .stage(2, "2", "EUR")
                .attempt(1, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .end(RunState.FAILED, 1, "database lost")
                .person(1, RowState.SENT, "seen in Adjust's export")
                .restart(1)
                .sent(2)
                .end();

        assertThat(purchases(1).in(RowState.SENT)).isEqualTo(tally(2, "EUR", "3"));
        assertThat(purchases(1).totalOpen().isNothing()).isTrue();
    }

    @Test
    void countsRowsOnTheWireAsInDoubtWhenRunDied() {
        ledger.run(1).stage(1, "1", "EUR").send(Kind.PURCHASE, 1);

        assertThat(purchases(1).inDoubt()).isEqualTo(tally(1, "EUR", "1"));
        assertThat(purchases(1).requests()).isEqualTo(1);
        assertThat(summaries.find(1).orElseThrow().duration()).isNull();
    }

    @Test
    void carriesUntouchedRowsOn() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .end()
                .run(2)
                .stage(2, "2", "EUR")
                .sent(2)
                .end();

        assertThat(purchases(2).carriedIn()).isEqualTo(tally(1, "EUR", "1"));
        assertThat(purchases(2).waiting()).isEqualTo(tally(1, "EUR", "1"));
        assertThat(purchases(2).staged()).isEqualTo(tally(1, "EUR", "2"));
        assertThat(purchases(2).difference().isNothing()).isTrue();
    }

    @Test
    void tellsRowsMissingFromLedger() {
        ledger.run(1).stage(1, "1", "EUR").stage(2, "2", "EUR").sent(1).end();
        ledger.jdbc().sql("DELETE FROM adjust_batch.delivery WHERE row_id = 2").update();

        assertThat(purchases(1).difference()).isEqualTo(tally(1, "EUR", "2"));
    }

    @Test
    void tellsWhatFirstStagingLeftOut() {
        ledger.run(1)
                .leaveOut(Kind.PURCHASE, "EUR", 3, "30.50", "2025-01-01T00:00:00Z", "2025-06-01T00:00:00Z")
                .leaveOut(Kind.PURCHASE, "USD", 2, "1", "2024-12-01T00:00:00Z", "2025-05-01T00:00:00Z")
                .end();

        LeftOut leftOut = purchases(1).leftOut();

        assertThat(leftOut.tally()).isEqualTo(tally(5, "EUR", "30.50", "USD", "1"));
        assertThat(leftOut.firstAt()).isEqualTo(Instant.parse("2024-12-01T00:00:00Z"));
        assertThat(leftOut.lastAt()).isEqualTo(Instant.parse("2025-06-01T00:00:00Z"));
    }

    @Test
    void namesFaultsOfConfigurationWithTheirScopeAndRemedy() {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .stage(2, "2", "USD")
                .stage(3, "2", "USD")
                .attempt(1, RowState.PENDING, "EVENT_TOKEN_FAULT", 400, "Invalid event token")
                .attempt(2, RowState.PENDING, "EVENT_TOKEN_FAULT", 400, "Invalid event token")
                .attempt(3, RowState.PENDING, "AUTH_FAULT", 401, "Failed to authorize request")
                .end(RunState.HALTED, 4, "halted")
                .run(2)
                .end();

        assertThat(summaries.find(1).orElseThrow().faults())
                .containsExactly(
                        new Fault(Kind.PURCHASE, "AUTH_FAULT", "app1", null, 401, "Failed to authorize request", 1),
                        new Fault(Kind.PURCHASE, "EVENT_TOKEN_FAULT", "app1", "evt1", 400, "Invalid event token", 2));
        assertThat(summaries.find(1).orElseThrow().faults().get(1).remedy()).contains("evt1", "app1");
        assertThat(summaries.find(2).orElseThrow().faults()).isEmpty();
    }

    @Test
    void keepsKindsApart() {
        ledger.run(1)
                .stage(new LedgerFixture.Staged(Kind.SESSION, 1, "app1", null, null, null, "2026-02-28T12:00:00Z"))
                .stage(new LedgerFixture.Staged(
                        Kind.AD_REVENUE, 1, "app1", null, "0.0002", "USD", "2026-02-28T12:00:00Z"))
                .attempt(Kind.SESSION, 1, RowState.SENT, "DELIVERED", 200, "Session tracked")
                .attempt(Kind.AD_REVENUE, 1, RowState.SENT, "DELIVERED", 200, "OK")
                .end();

        RunSummary run = summaries.find(1).orElseThrow();

        assertThat(run.kinds()).extracting(KindSummary::kind).containsExactly(Kind.values());
        assertThat(run.of(Kind.SESSION).in(RowState.SENT)).isEqualTo(tally(1));
        assertThat(run.of(Kind.PURCHASE).totalSettled().isNothing()).isTrue();
        assertThat(run.of(Kind.AD_REVENUE).in(RowState.SENT)).isEqualTo(tally(1, "USD", "0.0002"));
    }

    private KindSummary purchases(long runId) {
        return purchases(summaries.find(runId).orElseThrow());
    }

    private static KindSummary purchases(RunSummary run) {
        return run.of(Kind.PURCHASE);
    }

    private static Tally tally(long rows, String... currenciesAndAmounts) {
        Tally tally = new Tally(rows, new TreeMap<>());
        for (int i = 0; i < currenciesAndAmounts.length; i += 2) {
            tally = tally.plus(Tally.of(0, currenciesAndAmounts[i], new BigDecimal(currenciesAndAmounts[i + 1])));
        }
        return tally;
    }
}
