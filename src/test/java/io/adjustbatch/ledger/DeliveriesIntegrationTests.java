package io.adjustbatch.ledger;

import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.ledger.Deliveries.Recorded;
import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class DeliveriesIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-02-28T12:00:00Z");

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);

    private final Deliveries deliveries = new Deliveries(books.jdbcTemplate());

    @Test
    void intendsPendingRowsAndCountsTheAttempt() {
        ledgerRow(1);

        Recorded recorded = intend(open(1, 0));

        assertThat(recorded.intended()).containsExactly(1L);
        assertThat(books.state(PURCHASE, 1)).isEqualTo("SENDING");
        assertThat(books.delivery(PURCHASE, 1, "attempts", Integer.class)).isEqualTo(1);
        assertThat(books.delivery(PURCHASE, 1, "run_id", Long.class))
                .isEqualTo(books.run().runId());
        assertThat(books.count("adjust_batch.delivery WHERE last_attempt_at IS NOT NULL"))
                .isEqualTo(1);
        assertThat(books.journal(PURCHASE, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = RowState.class, names = "PENDING", mode = EnumSource.Mode.EXCLUDE)
    void intendsNoRowThatIsNotPending(RowState state) {
        ledgerRow(1);
        books.putInto(state, PURCHASE, 1);

        assertThat(intend(open(1, 1)).intended()).isEmpty();
        assertThat(books.state(PURCHASE, 1)).isEqualTo(state.name());
    }

    @Test
    void intendsNoRowWhoseAttemptsHaveMovedOn() {
        ledgerRow(1);
        books.putInto(RowState.PENDING, PURCHASE, 1);

        assertThat(intend(open(1, 0)).intended()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = RunState.class, names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
    void takesNeitherIntentNorRefusalFromARunThatIsOver(RunState state) {
        ledgerRow(1);
        ledgerRow(2);
        books.runs().close(books.run().runId(), state, 1, null, List.of());

        Recorded recorded = deliveries.record(
                PURCHASE,
                books.run(),
                List.of(settlement(1, RowState.PENDING, 0, RowState.INVALID)),
                List.of(open(2, 0)));

        assertThat(recorded).isEqualTo(new Recorded(Set.of(), Set.of()));
        assertThat(books.count("adjust_batch.delivery WHERE state = 'PENDING'")).isEqualTo(2);
        assertThat(books.count("adjust_batch.delivery_journal")).isZero();
    }

    @ParameterizedTest(name = "its successor has begun: {0}")
    @ValueSource(booleans = {false, true})
    void takesNeitherIntentNorRefusalFromAnExecutionThatWasReplaced(boolean begun) {
        ledgerRow(1);
        ledgerRow(2);
        books.runs().abandonDead();
        books.runs().reopen(books.run().runId(), new SettingsInForce("c0ffee", List.of()));
        if (begun) {
            books.runs().attach(new RunToken(books.run().runId(), 2));
        }

        Recorded recorded = deliveries.record(
                PURCHASE,
                books.run(),
                List.of(settlement(1, RowState.PENDING, 0, RowState.INVALID)),
                List.of(open(2, 0)));

        assertThat(recorded).isEqualTo(new Recorded(Set.of(), Set.of()));
    }

    @Test
    void stillTakesTheAnswersOfARunThatIsOver() {
        ledgerRow(1);
        intend(open(1, 0));
        books.runs().abandonDead();

        assertThat(settle(settlement(1, RowState.SENDING, 1, RowState.SENT)).settled())
                .containsExactly(1L);
    }

    static Stream<Arguments> transitions() {
        return Arrays.stream(RowState.values())
                .flatMap(from -> from.successors().stream().map(to -> Arguments.of(from, to)))
                .filter(transition -> transition.get()[1] != RowState.SENDING);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("transitions")
    void recordsEachTransitionWithOneJournalEntry(RowState from, RowState to) {
        ledgerRow(1);
        books.putInto(from, PURCHASE, 1);

        Recorded recorded = settle(settlement(1, from, 1, to));

        assertThat(recorded.settled()).containsExactly(1L);
        assertThat(books.state(PURCHASE, 1)).isEqualTo(to.name());
        assertThat(books.journal(PURCHASE, 1)).containsExactly(to.name());
        assertThat(books.count("adjust_batch.delivery WHERE finalized_at IS NOT NULL"))
                .isEqualTo(to.isFinal() ? 1 : 0);
    }

    static Stream<Arguments> impossible() {
        return Arrays.stream(RowState.values())
                .flatMap(from -> Arrays.stream(RowState.values())
                        .filter(to -> !from.successors().contains(to))
                        .map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("impossible")
    void knowsNoOtherTransition(RowState from, RowState to) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settlement(17, from, 1, to))
                .withMessage("row 17 cannot go from " + from + " to " + to);
    }

    @ParameterizedTest
    @EnumSource(value = RowState.class, names = "SENDING", mode = EnumSource.Mode.EXCLUDE)
    void recordsNoAnswerOfARowThatIsNotOnTheWire(RowState state) {
        ledgerRow(1);
        books.putInto(state, PURCHASE, 1);

        assertThat(settle(settlement(1, RowState.SENDING, 1, RowState.SENT)).settled())
                .isEmpty();
        assertThat(books.state(PURCHASE, 1)).isEqualTo(state.name());
        assertThat(books.journal(PURCHASE, 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "2"})
    void recordsNoAnswerToAnotherAttempt(int attempt) {
        ledgerRow(1);
        intend(open(1, 0));

        assertThat(settle(settlement(1, RowState.SENDING, attempt, RowState.IN_DOUBT, 0))
                        .settled())
                .isEmpty();
        assertThat(books.state(PURCHASE, 1)).isEqualTo("SENDING");
    }

    @Test
    void recordsNoAnswerToAnotherRunsRequest() {
        ledgerRow(1);
        intend(open(1, 0));
        RunToken other = books.openRun(2);

        Recorded recorded = deliveries.record(
                PURCHASE, other, List.of(settlement(1, RowState.SENDING, 1, RowState.SENT)), List.of());

        assertThat(recorded.settled()).isEmpty();
        assertThat(books.state(PURCHASE, 1)).isEqualTo("SENDING");
    }

    @Test
    void touchesNoRowOfAnotherKind() {
        ledgerRow(1);
        books.ledgerRow(Kind.SESSION, 1, null, NOON);
        books.putInto(RowState.SENDING, Kind.SESSION, 1);
        books.putInto(RowState.SENDING, PURCHASE, 1);

        settle(settlement(1, RowState.SENDING, 1, RowState.SENT));

        assertThat(books.state(PURCHASE, 1)).isEqualTo("SENT");
        assertThat(books.state(Kind.SESSION, 1)).isEqualTo("SENDING");
    }

    @Test
    void journalsEverythingThatTheRowSays() {
        ledgerRow(1);
        intend(open(1, 0));

        settle(new Settlement(
                1,
                RowState.SENDING,
                1,
                RowState.DEFERRED,
                1,
                ErrorClass.DEVICE_UNKNOWN,
                404,
                "Device not found",
                "later",
                NOON,
                null));

        String columns = "concat_ws('|', state, error_class, http_status, message, reason,"
                + " to_char(next_attempt_at AT TIME ZONE 'UTC', 'HH24:MI'), decided_by, run_id)";
        String expected = "DEFERRED|DEVICE_UNKNOWN|404|Device not found|later|12:00|adjust|"
                + books.run().runId();
        assertThat(books.delivery(PURCHASE, 1, columns, String.class)).isEqualTo(expected);
        assertThat(books.jdbc()
                        .sql("SELECT " + columns + " FROM adjust_batch.delivery_journal WHERE attempt = 1")
                        .query(String.class)
                        .list())
                .containsExactly(expected);
    }

    @Test
    void settlesAndIntendsDifferentRowsInOneStatement() {
        ledgerRow(1);
        ledgerRow(2);
        intend(open(1, 0));

        Recorded recorded = deliveries.record(
                PURCHASE, books.run(), List.of(settlement(1, RowState.SENDING, 1, RowState.SENT)), List.of(open(2, 0)));

        assertThat(recorded).isEqualTo(new Recorded(Set.of(1L), Set.of(2L)));
    }

    @Test
    void recordsAllOfACallOrNothing() {
        ledgerRow(1);
        ledgerRow(2);
        ledgerRow(3);
        intend(open(1, 0), open(2, 0));
        Settlement impossible = settlement(2, RowState.SENDING, 1, RowState.REJECTED, 5);

        assertThatThrownBy(() -> deliveries.record(
                        PURCHASE,
                        books.run(),
                        List.of(settlement(1, RowState.SENDING, 1, RowState.SENT), impossible),
                        List.of(open(3, 0))))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("delivery_tries_within_attempts");

        assertThat(books.state(PURCHASE, 1)).isEqualTo("SENDING");
        assertThat(books.state(PURCHASE, 3)).isEqualTo("PENDING");
        assertThat(books.count("adjust_batch.delivery_journal")).isZero();
    }

    @Test
    void refusesARowThatIsNamedTwice() {
        Settlement settlement = settlement(1, RowState.SENDING, 1, RowState.SENT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> deliveries.record(PURCHASE, books.run(), List.of(settlement, settlement), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deliveries.record(PURCHASE, books.run(), List.of(settlement), List.of(open(1, 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deliveries.record(PURCHASE, books.run(), List.of(), List.of(open(1, 0), open(1, 0))));
    }

    private Recorded intend(OpenRow... rows) {
        return deliveries.record(PURCHASE, books.run(), List.of(), List.of(rows));
    }

    private Recorded settle(Settlement settlement) {
        return deliveries.record(PURCHASE, books.run(), List.of(settlement), List.of());
    }

    private void ledgerRow(long rowId) {
        books.ledgerRow(PURCHASE, rowId, rowId, NOON);
    }

    static Settlement settlement(long rowId, RowState from, int attempts, RowState to) {
        return settlement(rowId, from, attempts, to, 0);
    }

    private static Settlement settlement(long rowId, RowState from, int attempts, RowState to, int tries) {
        @Nullable Instant next = to == RowState.DEFERRED ? NOON : null;
        @Nullable Long heldBy = to == RowState.HELD ? 99L : null;
        return new Settlement(
                rowId, from, attempts, to, tries, ErrorClass.AMBIGUOUS, null, null, "a reason", next, heldBy);
    }

    static OpenRow open(long rowId, int attempts) {
        return new OpenRow(
                PURCHASE,
                new Position((int) (rowId & 255), NOON, rowId),
                rowId,
                attempts,
                null,
                0,
                null,
                new OpenRow.Frozen("app1", "production", "evt1", "EUR", null, NOON, null),
                null,
                null);
    }

    /** Keeps the table of transitions complete: the design's own words. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PENDING    | SENDING INVALID EXPIRED SUPPRESSED DUPLICATE HELD DEFERRED
            SENDING    | SENT DUPLICATE REJECTED SUPPRESSED DEFERRED IN_DOUBT PENDING
            DEFERRED   | PENDING EXPIRED SUPPRESSED HELD
            HELD       | PENDING EXPIRED SUPPRESSED
            IN_DOUBT   | SENT PENDING
            SENT       |
            DUPLICATE  | PENDING
            REJECTED   | PENDING
            INVALID    | PENDING
            SUPPRESSED | PENDING
            EXPIRED    | PENDING
            """)
    void statesHaveTheSuccessorsThatTheRecordsName(RowState state, @Nullable String successors) {
        List<String> names = List.of(Objects.requireNonNullElse(successors, "").split(" ", -1));

        assertThat(state.successors().stream().map(RowState::name))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().filter(name -> !name.isEmpty()).toList());
    }
}
