package io.adjustbatch.ledger;

import static io.adjustbatch.warehouse.Kind.AD_REVENUE;
import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static io.adjustbatch.warehouse.Kind.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.ledger.RefusedRows.Group;
import io.adjustbatch.ledger.RefusedRows.Selection;
import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;

class RefusedRowsIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

    private final Books books = new Books(DATABASE);
    private final RefusedRows refusedRows = new RefusedRows(books.jdbc(), true);

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @CsvSource(textBlock = """
            REJECTED,   ROW_FAULT,            adjust, PENDING
            REJECTED,   DEVICE_UNKNOWN,       adjust, PENDING
            REJECTED,   DUPLICATE,            adjust, REJECTED
            INVALID,    INVALID_ROW,          local,  PENDING
            INVALID,    REPEATED_TRANSACTION, local,  PENDING
            EXPIRED,    TOO_OLD,              local,  PENDING
            SUPPRESSED, OPTED_OUT,            adjust, PENDING
            SUPPRESSED, SUPPRESSED_LOCALLY,   local,  PENDING
            DUPLICATE,  REPEATED_TRANSACTION, local,  PENDING
            DUPLICATE,  REPEATED_TRANSACTION, adjust, DUPLICATE
            DUPLICATE,  DUPLICATE,            adjust, DUPLICATE
            DUPLICATE,  DUPLICATE,            local,  DUPLICATE
            SENT,       DELIVERED,            adjust, SENT
            SENT,       AMBIGUOUS,            person, SENT
            SENT,       ROW_FAULT,            adjust, SENT
            IN_DOUBT,   AMBIGUOUS,            local,  IN_DOUBT
            IN_DOUBT,   ROW_FAULT,            local,  IN_DOUBT
            SENDING,    ROW_FAULT,            adjust, SENDING
            DEFERRED,   DEVICE_UNKNOWN,       adjust, DEFERRED
            HELD,       ROW_FAULT,            local,  HELD
            """)
    void replaysWhatWasRefusedAndNothingElse(RowState state, ErrorClass errorClass, String decidedBy, RowState after) {
        refuse(PURCHASE, 1, state, errorClass, decidedBy);

        long shown = refusedRows.groups(all(errorClass)).stream()
                .mapToLong(Group::rows)
                .sum();
        int replayed = refusedRows.replay(all(errorClass), "ada", "mended");

        assertThat(books.state(PURCHASE, 1)).isEqualTo(after.name());
        assertThat(books.journal(PURCHASE, 1)).isEqualTo(after == state ? List.of() : List.of("PENDING"));
        assertThat(List.of((long) replayed, shown)).containsOnly(after == state ? 0L : 1L);
    }

    @Test
    void neverTouchesARowThatIsPendingAlready() {
        books.ledgerRow(PURCHASE, 1, null, NOW);
        books.execute("UPDATE adjust_batch.delivery SET error_class = 'ROW_FAULT', decided_by = 'adjust'");

        assertThat(refusedRows.replay(all(ErrorClass.ROW_FAULT), "ada", "mended"))
                .isZero();
        assertThat(books.journal(PURCHASE, 1)).isEmpty();
    }

    @Test
    void beginsTheTriesAnewCountsTheAttemptsOnAndNamesThePerson() {
        refuse(PURCHASE, 1, RowState.REJECTED, ErrorClass.DEVICE_UNKNOWN, "adjust");
        books.execute(
                "UPDATE adjust_batch.delivery SET attempts = 5, tries = 5, http_status = 404, message = 'Device not"
                        + " found', late = true");

        refusedRows.replay(all(ErrorClass.DEVICE_UNKNOWN), "ada", "the session came");

        assertThat(books.delivery(
                        PURCHASE,
                        1,
                        "concat_ws('|', state, attempts, tries, error_class, http_status, message, reason, decided_by, late,"
                                + " finalized_at, next_attempt_at)",
                        String.class))
                .isEqualTo("PENDING|5|0|the session came|person|f");
        assertThat(books.jdbc()
                        .sql("SELECT concat_ws('|', state, attempt, error_class, http_status, reason, decided_by, who,"
                                + " coalesce(run_id::text, 'between runs')) FROM adjust_batch.delivery_journal")
                        .query(String.class)
                        .list())
                .containsExactly("PENDING|5|the session came|person|ada|between runs");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
            all,            -,    -,    -,                    1 2 3 4
            one app,        app1, -,    -,                    1 3 4
            an event token, -,    evt1, -,                    1 2
            since,          -,    -,    2026-02-02T00:00:00Z, 2 3
            all of it,      app1, evt2, 2026-02-02T00:00:00Z, 3
            """)
    void takesTheRowsThatMeetEveryCondition(String name, String app, String event, Instant since, String rows) {
        for (long id = 1; id <= 4; id++) {
            refuse(PURCHASE, id, RowState.REJECTED, ErrorClass.ROW_FAULT, "adjust");
        }
        books.execute("UPDATE adjust_batch.delivery SET app_token = 'app2' WHERE row_id = 2");
        books.execute("UPDATE adjust_batch.delivery SET event_token = 'evt2' WHERE row_id >= 3");
        books.execute("UPDATE adjust_batch.delivery SET occurred_at = CASE row_id WHEN 1 THEN"
                + " timestamptz '2026-02-01T23:59:59Z' WHEN 4 THEN NULL ELSE timestamptz '2026-02-02T00:00:00Z' END");

        refusedRows.replay(
                new Selection(ErrorClass.ROW_FAULT, EnumSet.allOf(Kind.class), app, event, since), "ada", name);

        assertThat(books.jdbc()
                        .sql("SELECT string_agg(row_id::text, ' ' ORDER BY row_id) FROM adjust_batch.delivery"
                                + " WHERE state = 'PENDING'")
                        .query(String.class)
                        .single())
                .isEqualTo(rows);
    }

    @Test
    void takesTheKindsThatWereAskedFor() {
        for (Kind kind : Kind.values()) {
            refuse(kind, 1, RowState.REJECTED, ErrorClass.ROW_FAULT, "adjust");
        }

        refusedRows.replay(
                new Selection(ErrorClass.ROW_FAULT, Set.of(SESSION, AD_REVENUE), null, null, null), "ada", "mended");

        assertThat(List.of(books.state(SESSION, 1), books.state(PURCHASE, 1), books.state(AD_REVENUE, 1)))
                .containsExactly("PENDING", "REJECTED", "PENDING");
    }

    @Test
    void showsRowsAndMoneyByKindStateAndCurrency() {
        refuse(PURCHASE, 1, RowState.INVALID, ErrorClass.REPEATED_TRANSACTION, "local");
        refuse(PURCHASE, 2, RowState.DUPLICATE, ErrorClass.REPEATED_TRANSACTION, "local");
        refuse(PURCHASE, 3, RowState.DUPLICATE, ErrorClass.REPEATED_TRANSACTION, "local");
        books.execute("UPDATE adjust_batch.delivery SET revenue = NULL, currency = NULL WHERE row_id = 1");

        assertThat(refusedRows.groups(all(ErrorClass.REPEATED_TRANSACTION)))
                .containsExactly(
                        new Group(PURCHASE, RowState.DUPLICATE, "EUR", 2, new BigDecimal("19.98")),
                        new Group(PURCHASE, RowState.INVALID, null, 1, null));
    }

    @ParameterizedTest(name = "the other row {0} on lane {1}, {2} s later: {3}")
    @CsvSource({
        "SENT, 7, 1, 1",
        "SENT, 7, 0, 0",
        "SENT, 7, -1, 0",
        "SENT, 8, 1, 0",
        "REJECTED, 7, 1, 0",
        "IN_DOUBT, 7, 1, 0"
    })
    void countsRowsThatALaterOneOfTheirLaneHasOvertaken(RowState other, long lane, long later, long count) {
        books.ledgerRow(PURCHASE, 1, 7L, NOW);
        refuseOf(PURCHASE, 1, RowState.REJECTED, ErrorClass.ROW_FAULT, "adjust");
        books.ledgerRow(PURCHASE, 2, lane, NOW.plusSeconds(later));
        refuseOf(PURCHASE, 2, other, ErrorClass.DEVICE_UNKNOWN, "adjust");

        assertThat(refusedRows.late(all(ErrorClass.ROW_FAULT), PURCHASE)).isEqualTo(count);
    }

    @Test
    void countsRowsOfAKindFromBeforeATime() {
        refuse(PURCHASE, 1, RowState.EXPIRED, ErrorClass.TOO_OLD, "local");
        refuse(AD_REVENUE, 1, RowState.EXPIRED, ErrorClass.TOO_OLD, "local");

        assertThat(refusedRows.before(all(ErrorClass.TOO_OLD), PURCHASE, NOW)).isZero();
        assertThat(refusedRows.before(all(ErrorClass.TOO_OLD), PURCHASE, NOW.plusSeconds(1)))
                .isEqualTo(1);
    }

    /** Row 1 was refused, row 2 reported its transaction then. */
    @ParameterizedTest(name = "the other row {0}: {1}, {2} repeated")
    @CsvSource({
        "SENT, DUPLICATE, 1",
        "DUPLICATE, DUPLICATE, 1",
        "IN_DOUBT, DUPLICATE, 1",
        "PENDING, HELD, 0",
        "REJECTED, PENDING, 0"
    })
    void sendsNoTransactionASecondTime(RowState heir, String after, long repeated) {
        stageTwoOfOneTransaction();
        refuseOf(PURCHASE, 1, RowState.REJECTED, ErrorClass.ROW_FAULT, "adjust");
        RepeatedTransactions repeatedTransactions = new RepeatedTransactions(books.jdbc());
        repeatedTransactions.passOn();
        if (heir != RowState.PENDING) {
            refuseOf(PURCHASE, 2, heir, ErrorClass.DEVICE_UNKNOWN, "adjust");
        }

        assertThat(refusedRows.repeated(all(ErrorClass.ROW_FAULT))).isEqualTo(repeated);
        refusedRows.replay(all(ErrorClass.ROW_FAULT), "ada", "mended");

        repeatedTransactions.passOn();
        new HeldRows(books.jdbc(), true, Duration.ofDays(14))
                .project(PURCHASE, Buckets.all(), books.run(), Instant.now(), Instant.EPOCH);
        repeatedTransactions.settle(books.run());
        assertThat(books.state(PURCHASE, 1)).isEqualTo(after);
    }

    @Test
    void letsRepeatedTransactionsGoOnceTheyAreNoLongerUnique() {
        stageTwoOfOneTransaction();
        refuseOf(PURCHASE, 1, RowState.SENT, ErrorClass.DELIVERED, "adjust");
        RepeatedTransactions repeatedTransactions = new RepeatedTransactions(books.jdbc());
        repeatedTransactions.settle(books.run());
        assertThat(books.state(PURCHASE, 2)).isEqualTo("DUPLICATE");
        RefusedRows notUnique = new RefusedRows(books.jdbc(), false);

        assertThat(notUnique.repeated(all(ErrorClass.REPEATED_TRANSACTION))).isZero();
        notUnique.replay(all(ErrorClass.REPEATED_TRANSACTION), "ada", "not unique");

        repeatedTransactions.passOn();
        repeatedTransactions.settle(books.run());
        assertThat(books.state(PURCHASE, 2)).isEqualTo("PENDING");
    }

    @Test
    void leavesEverythingAsItWasIfOneEntryCannotBeWritten() {
        refuse(PURCHASE, 1, RowState.REJECTED, ErrorClass.ROW_FAULT, "adjust");
        refuse(PURCHASE, 2, RowState.REJECTED, ErrorClass.ROW_FAULT, "adjust");
        books.execute("ALTER TABLE adjust_batch.delivery_journal ADD CONSTRAINT no_second CHECK (row_id <> 2)");
        try {
            assertThatThrownBy(() -> refusedRows.replay(all(ErrorClass.ROW_FAULT), "ada", "mended"))
                    .isInstanceOf(DataIntegrityViolationException.class);
        } finally {
            books.execute("ALTER TABLE adjust_batch.delivery_journal DROP CONSTRAINT no_second");
        }

        assertThat(books.count("adjust_batch.delivery WHERE state = 'REJECTED'"))
                .isEqualTo(2);
        assertThat(books.count("adjust_batch.delivery_journal")).isZero();
    }

    private void stageTwoOfOneTransaction() {
        books.purchase(1, "transaction_id", "T1");
        books.purchase(2, "transaction_id", "T1");
        books.execute("UPDATE warehouse.purchase SET occurred_at = now() - interval '2 hours'");
        books.stage(books.purchases());
        assertThat(books.delivery(PURCHASE, 2, "repeats", Long.class)).isEqualTo(1);
    }

    private void refuse(Kind kind, long rowId, RowState state, ErrorClass errorClass, String decidedBy) {
        books.ledgerRow(kind, rowId, null, NOW);
        refuseOf(kind, rowId, state, errorClass, decidedBy);
    }

    private void refuseOf(Kind kind, long rowId, RowState state, ErrorClass errorClass, String decidedBy) {
        books.putInto(state, kind, rowId);
        books.execute(
                "UPDATE adjust_batch.delivery SET error_class = ?, decided_by = ? WHERE kind = ? AND row_id = ?",
                errorClass.name(),
                decidedBy,
                kind.key(),
                rowId);
    }

    private static Selection all(ErrorClass errorClass) {
        return new Selection(errorClass, EnumSet.allOf(Kind.class), null, null, null);
    }
}
