package io.adjustbatch.ledger;

import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Relation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RestagingIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);
    private final Relation purchases = books.purchases();
    private final Restaging restaging = new Restaging(books.jdbc(), purchases, true);

    @BeforeEach
    void stage() {
        books.purchase(1);
        books.purchase(2);
        books.stage(purchases);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            revenue       , 4.99
            revenue       , NaN
            currency      , USD
            app_token     , app2
            event_token   , evt2
            environment   , sandbox
            transaction_id, T2
            occurred_at   , 2026-02-01T00:00:00Z
            occurred_at   , infinity
            """)
    void takesChangedValuesAnewAndKeepsTheTotalsEqualToTheRows(String column, String value) {
        books.execute("UPDATE warehouse.purchase SET %s = '%s' WHERE id = 1".formatted(column, value));
        long outdated = page().stream().filter(OpenRow::isOutdated).count();

        restaging.restage(books.run(), List.of(1L));

        assertThat(outdated).isEqualTo(1);
        assertThat(page()).noneMatch(OpenRow::isOutdated);
        assertThat(books.count("adjust_batch.staged_total WHERE utc_day < '2001-01-01'"))
                .isZero();
        assertThat(differencesOfTotals()).isZero();
    }

    @Test
    void movesARowThatHasAnotherDeviceNowToItsLane() {
        long before = books.delivery(PURCHASE, 1, "lane", Long.class);
        books.execute("UPDATE warehouse.purchase SET gps_adid = 'device-2', revenue = 1 WHERE id = 1");

        restaging.restage(books.run(), List.of(1L));

        long after = books.delivery(PURCHASE, 1, "lane", Long.class);
        assertThat(after).isNotEqualTo(before);
        assertThat(books.delivery(PURCHASE, 1, "bucket", Long.class)).isEqualTo(after & 255);
    }

    @Test
    void leavesWhatWasWrittenInTheTotals() {
        String before = totals();
        books.execute("UPDATE warehouse.purchase SET currency = 'USD', revenue = 5 WHERE id = 1");

        restaging.restage(books.run(), List.of(1L));

        assertThat(totals()).startsWith(before).endsWith("EUR:-1:-9.99, USD:1:5");
    }

    @Test
    void touchesNoRowThatWasAttempted() {
        books.putInto(RowState.PENDING, PURCHASE, 1);
        books.execute("UPDATE warehouse.purchase SET revenue = 4.99");

        restaging.restage(books.run(), List.of(1L, 2L));

        assertThat(books.money("SELECT revenue FROM adjust_batch.delivery WHERE row_id = 1"))
                .isEqualByComparingTo("9.99");
        assertThat(books.money("SELECT revenue FROM adjust_batch.delivery WHERE row_id = 2"))
                .isEqualByComparingTo("4.99");
        assertThat(page()).noneMatch(OpenRow::isOutdated);
        assertThat(differencesOfTotals()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = RowState.class,
            names = {"PENDING", "SENDING", "SENT", "REJECTED", "IN_DOUBT"},
            mode = EnumSource.Mode.EXCLUDE)
    void touchesNoRowThatIsNotPending(RowState state) {
        books.putInto(state, PURCHASE, 1);
        books.execute("UPDATE adjust_batch.delivery SET attempts = 0, last_attempt_at = NULL WHERE row_id = 1");
        books.execute("UPDATE warehouse.purchase SET revenue = 4.99");

        restaging.restage(books.run(), List.of(1L));

        assertThat(books.money("SELECT revenue FROM adjust_batch.delivery WHERE row_id = 1"))
                .isEqualByComparingTo("9.99");
    }

    @Test
    void leavesARowThatIsGoneFromTheWarehouseAsItWas() {
        books.execute("DELETE FROM warehouse.purchase WHERE id = 1");

        restaging.restage(books.run(), List.of(1L));

        assertThat(books.money("SELECT revenue FROM adjust_batch.delivery WHERE row_id = 1"))
                .isEqualByComparingTo("9.99");
        assertThat(differencesOfTotals()).isZero();
    }

    @ParameterizedTest(name = "{0} = {1}: outdated {2}")
    @CsvSource(textBlock = """
            revenue   , 9.990000, false
            revenue   , 9.991   , true
            currency  , eur     , false
            currency  , EUQ     , true
            ip_address, 1.2.3.4 , false
            """)
    void knowsWhatChangesTheValueOfARow(String column, String value, boolean outdated) {
        books.execute("UPDATE warehouse.purchase SET %s = '%s' WHERE id = 1".formatted(column, value));

        assertThat(page().get(0).isOutdated()).isEqualTo(outdated);
    }

    @Test
    void sendsAnAttemptedRowAsItWasStagedWithTheParametersOfNow() {
        books.putInto(RowState.PENDING, PURCHASE, 1);
        books.execute("UPDATE warehouse.purchase SET revenue = 4.99, os_name = 'android' WHERE id = 1");

        OpenRow row = page().get(0);

        assertThat(row.isOutdated()).isFalse();
        assertThat(row.toSend()).satisfies(toSend -> {
            assertThat(toSend.revenue()).isEqualByComparingTo("9.99");
            assertThat(toSend.parameters()).containsEntry("os_name", "android");
        });
    }

    private List<OpenRow> page() {
        return new OpenRows(books.jdbcTemplate(), purchases, true)
                .page(Buckets.all(), null, Instant.now().plus(Duration.ofDays(1)), 10);
    }

    private String totals() {
        return books.jdbc()
                .sql("SELECT string_agg(currency || ':' || row_count || ':' || revenue, ', ' ORDER BY at, currency)"
                        + " FROM adjust_batch.staged_total")
                .query(String.class)
                .single();
    }

    private long differencesOfTotals() {
        return books.count("""
                (SELECT sum(n) FROM (
                    SELECT app_token, environment, event_token, currency, utc_day, row_count AS n, revenue AS money
                    FROM adjust_batch.staged_total
                    UNION ALL
                    SELECT app_token, environment, event_token, currency, (occurred_at AT TIME ZONE 'UTC')::date, -1,
                           -coalesce(revenue, 0)
                    FROM adjust_batch.delivery) both_sides
                 GROUP BY app_token, environment, event_token, currency, utc_day
                 HAVING sum(n) <> 0 OR sum(money) <> 0) difference""");
    }
}
