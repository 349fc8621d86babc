package io.adjustbatch.ledger;

import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);
    private final Recovery recovery = new Recovery(books.jdbc());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"PURCHASE, IN_DOUBT", "AD_REVENUE, IN_DOUBT", "SESSION, PENDING"})
    void settlesWhatADeadRunLeftOnTheWire(Kind kind, String state) {
        books.ledgerRow(kind, 1, null, Instant.EPOCH);
        books.putInto(RowState.SENDING, kind, 1);

        assertThat(recovery.settleLeftovers()).isEqualTo(1);

        assertThat(books.state(kind, 1)).isEqualTo(state);
        assertThat(books.delivery(kind, 1, "error_class", String.class)).isEqualTo("AMBIGUOUS");
        assertThat(books.jdbc()
                        .sql("SELECT concat_ws('|', kind, state, attempt, run_id, decided_by, reason)"
                                + " FROM adjust_batch.delivery_journal")
                        .query(String.class)
                        .list())
                .containsExactly("%s|%s|1|%2$s|local|run %2$s ended before an answer to attempt 1 was recorded"
                        .replace("%s|%s", kind.key() + "|" + state)
                        .replace("%2$s", Long.toString(books.run().runId())));
    }

    @ParameterizedTest
    @EnumSource(value = RowState.class, names = "SENDING", mode = EnumSource.Mode.EXCLUDE)
    void touchesNothingElse(RowState state) {
        books.ledgerRow(PURCHASE, 1, null, Instant.EPOCH);
        books.putInto(state, PURCHASE, 1);

        assertThat(recovery.settleLeftovers()).isZero();

        assertThat(books.state(PURCHASE, 1)).isEqualTo(state.name());
        assertThat(books.count("adjust_batch.delivery_journal")).isZero();
    }

    @Test
    void settlesWhatIsLeftOfOnesOwnRunOnly() {
        books.ledgerRow(PURCHASE, 1, null, Instant.EPOCH);
        books.putInto(RowState.SENDING, PURCHASE, 1);
        books.ledgerRow(PURCHASE, 2, null, Instant.EPOCH);
        books.putInto(RowState.SENDING, PURCHASE, 2);
        books.jdbc()
                .sql("UPDATE adjust_batch.delivery SET run_id = run_id - 1 WHERE row_id = 2")
                .update();

        assertThat(recovery.settleLeftovers(books.run())).isEqualTo(1);

        assertThat(books.state(PURCHASE, 1)).isEqualTo("IN_DOUBT");
        assertThat(books.state(PURCHASE, 2)).isEqualTo("SENDING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"execution_id = execution_id + 1", "state = 'ABANDONED', ended_at = now()"})
    void settlesNothingOfARunThatIsAnothersByNow(String takeover) {
        books.ledgerRow(PURCHASE, 1, null, Instant.EPOCH);
        books.putInto(RowState.SENDING, PURCHASE, 1);
        books.jdbc().sql("UPDATE adjust_batch.run SET " + takeover).update();

        assertThat(recovery.settleLeftovers(books.run())).isZero();

        assertThat(books.state(PURCHASE, 1)).isEqualTo("SENDING");
    }

    @Test
    void findsNothingTheSecondTime() {
        books.ledgerRow(PURCHASE, 1, null, Instant.EPOCH);
        books.putInto(RowState.SENDING, PURCHASE, 1);

        recovery.settleLeftovers();

        assertThat(recovery.settleLeftovers()).isZero();
        assertThat(new InDoubtRows(books.jdbc()).count()).isEqualTo(1);
    }

    @Test
    void letsNoLateAnswerOfTheDeadRunChangeWhatItDecided() {
        books.ledgerRow(PURCHASE, 1, 1L, Instant.EPOCH);
        Deliveries deliveries = new Deliveries(books.jdbcTemplate());
        deliveries.record(PURCHASE, books.run(), List.of(), List.of(DeliveriesIntegrationTests.open(1, 0)));
        recovery.settleLeftovers();

        Deliveries.Recorded late = deliveries.record(
                PURCHASE,
                books.run(),
                List.of(DeliveriesIntegrationTests.settlement(1, RowState.SENDING, 1, RowState.SENT)),
                List.of());

        assertThat(late.settled()).isEmpty();
        assertThat(books.state(PURCHASE, 1)).isEqualTo("IN_DOUBT");
    }
}
