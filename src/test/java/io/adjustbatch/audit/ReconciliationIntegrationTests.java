package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.adjustbatch.ledger.ComparisonScope;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationIntegrationTests {

    private final LedgerFixture ledger = new LedgerFixture();
    private final Reconciliation reconciliation = new Reconciliation(ledger.dataSource());

    @Test
    void balancesAnEmptyLedger() {
        assertThat(balance().isBalanced()).isTrue();
        assertThat(balance().lines()).hasSize(Kind.values().length);
    }

    @Test
    void balancesALedgerWithARowInEachState() {
        everyState();

        assertThat(balance().differences()).isEmpty();
        assertThat(balance().isBalanced()).isTrue();
    }

    @Test
    void showsTheThreeRecordsOfEachKind() {
        ledger.run(1)
                .stage(1, "1.10", "EUR")
                .stage(2, "2.20", "EUR")
                .stage(3, "3", "USD")
                .sent(1)
                .attempt(2, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .end()
                .person(2, RowState.SENT, "seen in Adjust's export");

        Balance.Line purchases = balance().lines().get(1);

        assertThat(purchases.staged().rows()).isEqualTo(3);
        assertThat(purchases.staged().money())
                .isEqualTo(Map.of("EUR", new BigDecimal("3.30"), "USD", new BigDecimal("3")));
        assertThat(purchases.ledger()).containsOnlyKeys(RowState.PENDING, RowState.SENT);
        assertThat(purchases.inLedger()).isEqualTo(purchases.staged());
        assertThat(purchases.answers()).isEqualTo(1);
        assertThat(purchases.resolutions()).isEqualTo(1);
    }

    @Test
    void findsARowLostFromTheLedger() {
        everyState();
        ledger.jdbc().sql("DELETE FROM adjust_batch.delivery WHERE row_id = 8").update();

        Difference.Totals totals = (Difference.Totals) onlyDifference();

        assertThat(totals.stagedRows() - totals.ledgerRows()).isEqualTo(1);
        assertThat(totals.stagedRevenue().subtract(totals.ledgerRevenue())).isEqualByComparingTo("8.10");
        assertThat(totals.someRowIds()).doesNotContain(8L).hasSize(10);
        assertThat(totals.words()).contains("purchase of app app1").contains("2026-02-28");
    }

    @Test
    void findsASentRowLostFromTheLedgerByItsAnswer() {
        everyState();
        ledger.jdbc().sql("DELETE FROM adjust_batch.delivery WHERE row_id = 1").update();

        assertThat(balance().differences())
                .contains(new Difference.Answers(Kind.PURCHASE, 1, null, 1, 1))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revenue = revenue + 0.0001",
                "revenue = NULL",
                "currency = 'USD'",
                "currency = NULL",
                "app_token = 'app2'",
                "environment = 'sandbox'",
                "event_token = NULL",
                "occurred_at = occurred_at + INTERVAL '12 hours'",
                "occurred_at = NULL"
            })
    void findsAnythingThatChangedOfARowSinceStaging(String change) {
        everyState();
        ledger.jdbc()
                .sql("UPDATE adjust_batch.delivery SET " + change + " WHERE row_id = 5")
                .update();

        assertThat(balance().differences()).isNotEmpty().allMatch(Difference.Totals.class::isInstance);
    }

    @Test
    void findsARowStagedTwice() {
        ledger.run(1).stage(1, "1", "EUR");
        ledger.total(new LedgerFixture.Staged(Kind.PURCHASE, 1, "app1", "evt1", "1", "EUR", "2026-02-28T12:00:00Z"), 1);

        assertThat(onlyDifference()).isInstanceOf(Difference.Totals.class);
    }

    @Test
    void acceptsARowStagedAnew() {
        var before = new LedgerFixture.Staged(Kind.PURCHASE, 1, "app1", "evt1", "1", "EUR", "2026-02-28T12:00:00Z");
        var after = new LedgerFixture.Staged(Kind.PURCHASE, 1, "app1", "evt1", "2", "EUR", "2026-02-28T12:00:00Z");
        ledger.run(1).stage(before).end().run(2).total(before, -1).total(after, 1);
        ledger.jdbc().sql("UPDATE adjust_batch.delivery SET revenue = 2").update();

        assertThat(balance().isBalanced()).isTrue();
    }

    @Test
    void findsASentRowWithoutADeliveringAnswer() {
        everyState();
        ledger.jdbc()
                .sql("DELETE FROM adjust_batch.delivery_journal WHERE row_id = 1")
                .update();

        assertThat(onlyDifference()).isEqualTo(new Difference.Answers(Kind.PURCHASE, 1, RowState.SENT, 0, 0));
    }

    @Test
    void findsARowDeliveredTwice() {
        everyState();
        ledger.settle(
                new LedgerFixture.Change(Kind.PURCHASE, 1, RowState.SENT, "DELIVERED", 200, "OK", null, "adjust"), 1L);

        assertThat(onlyDifference()).isEqualTo(new Difference.Answers(Kind.PURCHASE, 1, RowState.SENT, 2, 2));
        assertThat(onlyDifference().words())
                .isEqualTo(
                        "purchase row 1 is SENT, and the journal has 2 delivering answers or resolutions for it, 2 of"
                                + " them sound");
    }

    @Test
    void findsASentRowThatNeitherAdjustNorAPersonDecided() {
        everyState();
        ledger.jdbc()
                .sql("UPDATE adjust_batch.delivery_journal SET decided_by = 'local' WHERE row_id = 1")
                .update();

        assertThat(onlyDifference()).isEqualTo(new Difference.Answers(Kind.PURCHASE, 1, RowState.SENT, 1, 0));
    }

    @Test
    void findsADeliveringAnswerOfARowThatIsNotSent() {
        everyState();
        ledger.jdbc()
                .sql("UPDATE adjust_batch.delivery_journal SET error_class = 'DELIVERED' WHERE row_id = 7")
                .update();

        assertThat(onlyDifference()).isEqualTo(new Difference.Answers(Kind.PURCHASE, 7, RowState.IN_DOUBT, 1, 0));
    }

    @Test
    void findsAStateThatTheJournalDoesNotTell() {
        everyState();
        ledger.jdbc()
                .sql("UPDATE adjust_batch.delivery SET state = 'INVALID' WHERE row_id = 2")
                .update();

        assertThat(onlyDifference())
                .isEqualTo(new Difference.State(Kind.PURCHASE, 2, RowState.INVALID, RowState.REJECTED));
        assertThat(onlyDifference().words())
                .isEqualTo("purchase row 2 is INVALID, but its last journal entry says REJECTED");
    }

    @Test
    void listsFirstDifferencesAndCountsAll() {
        ledger.run(1);
        for (long row = 1; row <= ComparisonScope.LISTED + 5; row++) {
            ledger.stage(row, "1", "EUR").sent(row);
        }
        ledger.jdbc().sql("DELETE FROM adjust_batch.delivery_journal").update();

        Balance balance = balance();

        assertThat(balance.differences()).hasSize(ComparisonScope.LISTED);
        assertThat(balance.differenceCount()).isEqualTo(ComparisonScope.LISTED + 5);
    }

    @Test
    void looksAtADaysRowsOnly() {
        var first = new LedgerFixture.Staged(Kind.PURCHASE, 1, "app1", "evt1", "1", "EUR", "2026-02-01T23:59:59Z");
        var second = new LedgerFixture.Staged(Kind.PURCHASE, 2, "app1", "evt1", "2", "EUR", "2026-02-02T00:00:00Z");
        ledger.run(1).stage(first).stage(second).sent(1).sent(2).end();
        ledger.jdbc()
                .sql("DELETE FROM adjust_batch.delivery_journal WHERE row_id = 1")
                .update();

        Balance firstDay = reconciliation.balance(day("2026-02-01"));
        Balance secondDay = reconciliation.balance(day("2026-02-02"));
        Balance sinceSecond = reconciliation.balance(new Period(LocalDate.parse("2026-02-02"), null));

        assertThat(firstDay.differenceCount()).isEqualTo(1);
        assertThat(firstDay.lines().get(1).answers()).isZero();
        assertThat(List.of(secondDay, sinceSecond))
                .allMatch(Balance::isBalanced)
                .extracting(balance -> balance.lines().get(1).answers())
                .containsOnly(1L);
    }

    @Test
    void refusesAPeriodThatEndsBeforeItBegins() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Period(LocalDate.parse("2026-02-02"), LocalDate.parse("2026-02-01")))
                .withMessage("the period ends on 2026-02-01, before it begins on 2026-02-02");
    }

    private static Period day(String day) {
        return new Period(LocalDate.parse(day), LocalDate.parse(day));
    }

    private Balance balance() {
        return reconciliation.balance(Period.ALWAYS);
    }

    private Difference onlyDifference() {
        Balance balance = balance();
        assertThat(balance.differences()).hasSize(1);
        assertThat(balance.isBalanced()).isFalse();
        return balance.differences().get(0);
    }

    private void everyState() {
        ledger.everyState(1);
    }
}
