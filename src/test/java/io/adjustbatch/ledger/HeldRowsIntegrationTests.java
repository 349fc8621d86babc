package io.adjustbatch.ledger;

import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldRowsIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
    private static final Instant DEFERRED_UNTIL = NOW.plus(Duration.ofHours(3));
    private static final long LANE = 7;

    private final Books books = new Books(DATABASE);
    private final HeldRows heldRows = new HeldRows(books.jdbc(), true, Duration.ofDays(14));

    /** Row 99 comes first in the lane, 100 is in the middle, 101 is the last. */
    @BeforeEach
    void fillLane() {
        for (long rowId = 99; rowId <= 101; rowId++) {
            books.ledgerRow(
                    PURCHASE, rowId, LANE, NOW.minus(Duration.ofDays(20)).plusSeconds(rowId));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            first                       | middle                        | last    | first after | middle after | last after | free
            PENDING                     | PENDING                       | PENDING | PENDING     | PENDING      | PENDING    | 0
            IN_DOUBT tried 13 d ago     | PENDING                       | PENDING | IN_DOUBT    | HELD 99      | HELD 99    | 0
            IN_DOUBT tried 15 d ago     | PENDING                       | HELD    | IN_DOUBT    | PENDING      | PENDING    | 1
            DEFERRED due in 4 h         | PENDING                       | PENDING | DEFERRED    | HELD 99      | HELD 99    | 0
            DEFERRED due in 2 h         | HELD                          | HELD    | PENDING     | PENDING      | PENDING    | 3
            PENDING due in 1 h          | PENDING                       | PENDING | PENDING     | HELD 99      | HELD 99    | 0
            PENDING due in -1 h         | HELD                          | PENDING | PENDING     | PENDING      | PENDING    | 1
            PENDING                     | IN_DOUBT tried 1 d ago        | PENDING | PENDING     | IN_DOUBT     | HELD 100   | 0
            IN_DOUBT tried 1 d ago      | IN_DOUBT tried 1 d ago        | PENDING | IN_DOUBT    | IN_DOUBT     | HELD 99    | 0
            IN_DOUBT tried 15 d ago     | IN_DOUBT tried 1 d ago        | HELD    | IN_DOUBT    | IN_DOUBT     | HELD 100   | 0
            IN_DOUBT tried 1 d ago      | DEFERRED due in 2 h           | PENDING | IN_DOUBT    | HELD 99      | HELD 99    | 0
            IN_DOUBT tried 1 d ago      | DEFERRED due in 4 h           | PENDING | IN_DOUBT    | DEFERRED     | HELD 99    | 0
            SENT                        | HELD                          | HELD    | SENT        | PENDING      | PENDING    | 2
            REJECTED                    | HELD                          | HELD    | REJECTED    | PENDING      | PENDING    | 2
            SENDING tried 1 d ago       | PENDING                       | PENDING | SENDING     | PENDING      | PENDING    | 0
            """, useHeadersInDisplayName = true)
    void projectsALane(
            String first,
            String middle,
            String last,
            String afterFirst,
            String afterMiddle,
            String afterLast,
            long free) {
        put(99, first);
        put(100, middle);
        put(101, last);

        assertThat(project()).isEqualTo(free);

        assertThat(List.of(shown(99), shown(100), shown(101))).containsExactly(afterFirst, afterMiddle, afterLast);
    }

    @Test
    void changesNothingWhenAskedAgain() {
        put(99, "IN_DOUBT tried 1 d ago");
        put(100, "DEFERRED due in 2 h");
        project();
        long entries = books.count("adjust_batch.delivery_journal");

        assertThat(project()).isZero();

        assertThat(entries).isEqualTo(2);
        assertThat(books.count("adjust_batch.delivery_journal")).isEqualTo(entries);
    }

    @Test
    void journalsWhatARowWaitsFor() {
        put(99, "IN_DOUBT tried 1 d ago");

        project();

        assertThat(books.jdbc()
                        .sql("SELECT concat_ws('|', row_id, state, held_by, reason, decided_by, run_id)"
                                + " FROM adjust_batch.delivery_journal ORDER BY row_id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "100|HELD|99|waits for row 99|local|" + books.run().runId(),
                        "101|HELD|99|waits for row 99|local|" + books.run().runId());
    }

    @Test
    void saysWhatAFreedRowWaitsForNoLonger() {
        put(99, "IN_DOUBT tried 1 d ago");
        project();
        put(99, "SENT");

        project();

        assertThat(books.count("adjust_batch.delivery WHERE held_by IS NULL AND state = 'PENDING'"
                        + " AND reason = 'waits for row 99 no longer'"))
                .isEqualTo(2);
        assertThat(books.journal(PURCHASE, 100)).containsExactly("HELD", "PENDING");
        assertThat(books.count("adjust_batch.delivery_journal WHERE reason = 'waits for row 99 no longer'"))
                .isEqualTo(2);
    }

    @Test
    void breaksTiesOfTimeByTheId() {
        books.execute("UPDATE adjust_batch.delivery SET occurred_at = '2026-02-01'");
        put(100, "IN_DOUBT tried 1 d ago");

        project();

        assertThat(List.of(shown(99), shown(101))).containsExactly("PENDING", "HELD 100");
    }

    @Test
    void touchesNoOtherLaneAndNoRowWithoutOne() {
        books.ledgerRow(PURCHASE, 1, LANE + 256, NOW);
        books.ledgerRow(PURCHASE, 2, null, NOW);
        books.ledgerRow(PURCHASE, 3, null, NOW.minus(Duration.ofDays(30)));
        put(3, "IN_DOUBT tried 1 d ago");
        put(99, "IN_DOUBT tried 1 d ago");

        project();

        assertThat(List.of(shown(1), shown(2), shown(100))).containsExactly("PENDING", "PENDING", "HELD 99");
    }

    @Test
    void holdsNoAdRevenue() {
        books.ledgerRow(Kind.AD_REVENUE, 1, null, NOW.minusSeconds(2));
        books.ledgerRow(Kind.AD_REVENUE, 2, null, NOW.minusSeconds(1));
        books.execute(
                "UPDATE adjust_batch.delivery SET state = 'IN_DOUBT', attempts = 1, last_attempt_at = now(), run_id = 1"
                        + " WHERE kind = 'ad_revenue' AND row_id = 1");

        heldRows.project(Kind.AD_REVENUE, Buckets.all(), books.run(), NOW, DEFERRED_UNTIL);

        assertThat(books.state(Kind.AD_REVENUE, 2)).isEqualTo("PENDING");
    }

    @Test
    void looksAtItsBucketsAlone() {
        put(99, "IN_DOUBT tried 1 d ago");

        heldRows.project(PURCHASE, new Buckets(8, 256), books.run(), NOW, DEFERRED_UNTIL);
        String outside = shown(100);
        heldRows.project(PURCHASE, new Buckets(7, 8), books.run(), NOW, DEFERRED_UNTIL);

        assertThat(List.of(outside, shown(100))).containsExactly("PENDING", "HELD 99");
    }

    @Test
    void takesUpNothingBeforeTheEpoch() {
        put(99, "DEFERRED due in -1 h");

        heldRows.project(PURCHASE, Buckets.all(), books.run(), NOW, Instant.EPOCH);

        assertThat(List.of(shown(99), shown(100))).containsExactly("DEFERRED", "HELD 99");
    }

    private long project() {
        return heldRows.project(PURCHASE, Buckets.all(), books.run(), NOW, DEFERRED_UNTIL);
    }

    /** As in {@code DEFERRED due in 4 h} or {@code IN_DOUBT tried 13 d ago}. */
    private void put(long rowId, String description) {
        String[] words = description.split(" ", -1);
        books.putInto(RowState.valueOf(words[0]), PURCHASE, rowId);
        if (description.contains("tried")) {
            set(rowId, "last_attempt_at", NOW.minus(Duration.ofDays(Long.parseLong(words[2]))));
        } else if (description.contains("due")) {
            set(rowId, "next_attempt_at", NOW.plus(Duration.ofHours(Long.parseLong(words[3]))));
        }
    }

    private void set(long rowId, String column, Instant time) {
        books.execute(
                "UPDATE adjust_batch.delivery SET %s = ?::timestamptz WHERE row_id = ?".formatted(column),
                time.toString(),
                rowId);
    }

    private String shown(long rowId) {
        @Nullable String text = books.delivery(PURCHASE, rowId, "concat_ws(' ', state, held_by)", String.class);
        return Objects.requireNonNull(text);
    }
}
