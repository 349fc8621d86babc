package io.adjustbatch.ledger;

import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRowsIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

    private final Books books = new Books(DATABASE);
    private final OpenRows openRows = new OpenRows(books.jdbcTemplate(), books.purchases(), true);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void givesEveryRowOnceInOrderWhateverThePagesSize(int size) {
        for (long rowId = 1; rowId <= 12; rowId++) {
            books.ledgerRow(PURCHASE, rowId, rowId % 3, NOW.minusSeconds(rowId / 4));
        }

        List<Position> read = new ArrayList<>();
        @Nullable Position last = null;
        for (List<OpenRow> page = page(null, size); !page.isEmpty(); page = page(last, size)) {
            page.forEach(row -> read.add(row.position()));
            last = read.get(read.size() - 1);
        }

        assertThat(read)
                .hasSize(12)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparingInt(Position::bucket)
                        .thenComparing(Position::occurredAt)
                        .thenComparingLong(Position::rowId));
    }

    @ParameterizedTest
    @EnumSource(RowState.class)
    void givesPendingRowsAlone(RowState state) {
        books.ledgerRow(PURCHASE, 1, 1L, NOW);
        books.putInto(state, PURCHASE, 1);

        assertThat(page(null, 10)).hasSize(state == RowState.PENDING ? 1 : 0);
        assertThat(openRows.count()).isEqualTo(state == RowState.PENDING ? 1 : 0);
    }

    @ParameterizedTest(name = "due {0} s from then: {1}")
    @CsvSource({"-1, true", "0, true", "1, false"})
    void passesOverWhatIsDueLater(int seconds, boolean given) {
        books.ledgerRow(PURCHASE, 1, 1L, NOW);
        books.execute(
                "UPDATE adjust_batch.delivery SET next_attempt_at = ?::timestamptz",
                NOW.plusSeconds(seconds).toString());

        assertThat(page(null, 10)).hasSize(given ? 1 : 0);
    }

    @Test
    void keepsToItsBuckets() {
        for (long rowId = 0; rowId < 4; rowId++) {
            books.ledgerRow(PURCHASE, rowId, rowId, NOW);
        }

        assertThat(openRows.page(new Buckets(1, 3), null, NOW, 10))
                .extracting(OpenRow::rowId)
                .containsExactly(1L, 2L);
    }

    @Test
    void passesOverARowThatHasLostItsTime() {
        books.ledgerRow(PURCHASE, 1, 1L, NOW);
        books.ledgerRow(PURCHASE, 2, 2L, NOW);
        books.execute("UPDATE adjust_batch.delivery SET occurred_at = NULL WHERE row_id = 2");

        assertThat(page(null, 10)).extracting(OpenRow::rowId).containsExactly(1L);
    }

    @Test
    void givesARowThatIsGoneFromTheWarehouseWithNothingToSend() {
        books.ledgerRow(PURCHASE, 1, 1L, NOW);

        assertThat(page(null, 10)).singleElement().satisfies(row -> {
            assertThat(row.live()).isNull();
            assertThat(row.toSend()).isNull();
            assertThat(row.isOutdated()).isFalse();
        });
    }

    @Test
    void givesARowOnceThatStandsTwiceInAView() {
        books.purchase(1);
        books.execute("CREATE VIEW extra.twice AS"
                + " SELECT * FROM warehouse.purchase UNION ALL SELECT * FROM warehouse.purchase");
        books.ledgerRow(PURCHASE, 1, 1L, NOW);
        OpenRows twice = new OpenRows(books.jdbcTemplate(), books.relation(PURCHASE, "extra.twice"), true);

        assertThat(twice.page(Buckets.all(), null, NOW, 10)).hasSize(1);
    }

    private List<OpenRow> page(@Nullable Position after, int size) {
        return openRows.page(Buckets.all(), after, NOW, size);
    }
}
