package io.adjustbatch.ledger;

import static io.adjustbatch.ledger.Books.sql;
import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Relation;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagingIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);

    private final Relation purchases = books.purchases();

    @Test
    void takesNewRowsOnce() {
        books.purchase(1);
        books.purchase(2);

        assertThat(books.stage(purchases)).isEqualTo(2);
        assertThat(books.stage(purchases)).isZero();
        books.purchase(3);
        assertThat(books.stage(purchases)).isEqualTo(1);

        assertThat(books.count("adjust_batch.delivery WHERE state = 'PENDING'")).isEqualTo(3);
        assertThat(books.count("adjust_batch.staged_total")).isEqualTo(2);
    }

    @Test
    void freezesWhatIdentifiesAndValuesARow() {
        books.purchase(1, "revenue", "12345678901234567890.123456789");
        books.execute("UPDATE warehouse.purchase SET currency = 'eur', transaction_id = 'T1'");
        books.stage(purchases);

        books.execute("DELETE FROM warehouse.purchase");

        assertThat(books.jdbc().sql("""
                            SELECT concat_ws('|', app_token, event_token, environment, currency, revenue, transaction_id)
                            FROM adjust_batch.delivery""").query(String.class).single())
                .isEqualTo("app1|evt1|production|EUR|12345678901234567890.123456789|T1");
    }

    @ParameterizedTest(name = "loaded_at {0} is found: {1}")
    @CsvSource(textBlock = """
            now() - interval '47 hours', true
            now() - interval '49 hours', false
            now() + interval '1 day'   , true
            """)
    void looksBackForRowsThatWereCommittedLate(String loadedAt, boolean found) {
        books.purchase(1);
        books.stage(purchases);
        books.purchase(2, "loaded_at", sql(loadedAt));

        assertThat(books.stage(purchases)).isEqualTo(found ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "'infinity'", "'-infinity'"})
    void findsRowsWithoutAFiniteTimeOfLoadingAtAnyTimeAndOnce(String loadedAt) {
        books.execute(
                "CREATE VIEW extra.purchase AS SELECT id, app_token, environment, occurred_at, event_token, revenue,"
                        + " currency, gps_adid, (" + loadedAt + ")::timestamptz AS loaded_at FROM warehouse.purchase");
        Relation relation = books.relation(PURCHASE, "extra.purchase");
        books.purchase(1);
        assertThat(books.stage(relation)).isEqualTo(1);

        books.purchase(2);

        assertThat(books.stage(relation)).isEqualTo(1);
        assertThat(books.stage(relation)).isZero();
        assertThat(books.count("adjust_batch.delivery WHERE loaded_at IS NULL")).isEqualTo(2);
        assertThat(staged()).isEqualTo("2 rows, 19.98");
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            revenue     | NaN       | revenue is not a finite number
            revenue     | Infinity  | revenue is not a finite number
            revenue     | -Infinity | revenue is not a finite number
            occurred_at | infinity  | occurred_at is not a finite time
            occurred_at | -infinity | occurred_at is not a finite time
            occurred_at | null      | occurred_at is missing
            """)
    void takesWhatCannotBeStoredWithItsReason(String column, String value, String reason) {
        books.purchase(1, column, value);
        books.purchase(2);

        assertThat(books.stage(purchases)).isEqualTo(2);

        assertThat(books.delivery(PURCHASE, 1, "staging_fault", String.class)).isEqualTo(reason);
        assertThat(books.count("adjust_batch.delivery WHERE row_id = 1 AND " + column + " IS NULL"))
                .isEqualTo(1);
        assertThat(books.state(PURCHASE, 2)).isEqualTo("PENDING");
        assertThat(books.count("adjust_batch.delivery WHERE row_id = 2 AND staging_fault IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void namesEveryFaultOfARow() {
        books.purchase(1, "revenue", "NaN");
        books.execute("UPDATE warehouse.purchase SET occurred_at = NULL");

        books.stage(purchases);

        assertThat(books.delivery(PURCHASE, 1, "staging_fault", String.class))
                .isEqualTo("occurred_at is missing; revenue is not a finite number");
    }

    @Test
    void settlesRowsWithoutATimeItselfAndOnce() {
        books.purchase(1, "occurred_at", null);

        books.stage(purchases);
        books.stage(purchases);

        assertThat(books.state(PURCHASE, 1)).isEqualTo("INVALID");
        assertThat(books.delivery(PURCHASE, 1, "reason", String.class)).isEqualTo("occurred_at is missing");
        assertThat(books.journal(PURCHASE, 1)).containsExactly("INVALID");
    }

    @Test
    void totalsEqualTheRows() {
        books.purchase(1, "occurred_at", "2026-01-31T23:59:59.999999Z");
        books.purchase(2, "occurred_at", "2026-02-01T00:00:00Z");
        books.purchase(3, "currency", "usd");
        books.purchase(4, "app_token", null);
        books.purchase(5, "event_token", "evt2");
        books.purchase(6, "environment", "sandbox");
        books.purchase(7, "revenue", "NaN");
        books.purchase(8, "revenue", "0.000000000000000001");
        books.purchase(9, "occurred_at", null);
        takeEverything();

        books.stage(purchases);

        assertThat(books.jdbc().sql("""
                        SELECT count(*) FROM (
                            SELECT kind, app_token, environment, event_token, currency, utc_day, row_count, revenue
                            FROM adjust_batch.staged_total
                            EXCEPT ALL
                            SELECT kind, app_token, environment, event_token, currency,
                                   (occurred_at AT TIME ZONE 'UTC')::date, count(*), coalesce(sum(revenue), 0)
                            FROM adjust_batch.delivery GROUP BY 1, 2, 3, 4, 5, 6) x""").query(Long.class).single()).isZero();
        assertThat(staged()).isEqualTo("9 rows, 69.930000000000000001");
    }

    /** As if the first staging had ended before there was a row. */
    private void takeEverything() {
        books.execute("""
                INSERT INTO adjust_batch.staging_mark (kind, relation, marked_at, first_marked_at, taken_from)
                VALUES ('purchase', 'warehouse.purchase', '2000-01-01', '2000-01-01', '2000-01-01')""");
    }

    @Test
    void countsWhatTheFirstStagingLeavesOutAndLeavesItOutForEver() {
        books.purchase(1, "occurred_at", sql("now() - interval '57 days 23 hours'"));
        books.purchase(2, "occurred_at", sql("now() - interval '58 days 1 hour'"));
        books.purchase(3, "occurred_at", sql("now() - interval '59 days'"));
        books.execute("UPDATE warehouse.purchase SET loaded_at = now(), currency = 'eur'");

        assertThat(books.stage(purchases)).isEqualTo(1);
        assertThat(books.stage(purchases)).isZero();

        assertThat(books.count("adjust_batch.delivery WHERE row_id = 1")).isEqualTo(1);
        assertThat(books.jdbc()
                        .sql("SELECT concat_ws('|', kind, app_token, environment, currency, row_count, revenue)"
                                + " FROM adjust_batch.left_out_total")
                        .query(String.class)
                        .list())
                .containsExactly("purchase|app1|production|EUR|2|19.98");
    }

    @Test
    void takesOldRowsThatAreLoadedAfterTheFirstStaging() {
        books.purchase(1);
        books.stage(purchases);
        books.purchase(2, "occurred_at", sql("now() - interval '59 days'"));
        books.execute("UPDATE warehouse.purchase SET loaded_at = now() WHERE id = 2");

        assertThat(books.stage(purchases)).isEqualTo(1);
    }

    @Test
    void takesOnFirstStagingNothingFromBeforeSince() {
        books.purchase(1, "occurred_at", "2026-01-31T00:00:00Z");
        books.purchase(2, "occurred_at", "2026-01-30T23:59:59.999999Z");
        Instant since = Instant.now().minusSeconds(10 * 86_400);
        books.execute(
                "UPDATE warehouse.purchase SET occurred_at = occurred_at + (?::timestamptz - '2026-01-31T00:00:00Z')",
                since.toString());

        assertThat(books.stage(purchases, since)).isEqualTo(1);
        assertThat(books.stage(purchases, null)).isZero();

        assertThat(books.count("adjust_batch.delivery WHERE row_id = 1")).isEqualTo(1);
        assertThat(books.money("SELECT revenue FROM adjust_batch.left_out_total"))
                .isEqualByComparingTo("9.99");
    }

    @Test
    void cutsTheWindowAtFullHoursAndResumesAfterACrashBetweenSlices() {
        for (int id = 1; id <= 40; id++) {
            books.purchase(
                    id, "loaded_at", sql("now() - interval '10 days' + interval '%d minutes'".formatted(15 * id)));
        }
        books.execute(
                "INSERT INTO warehouse.purchase SELECT (jsonb_populate_record(p, jsonb_build_object('id', id + 100,"
                        + " 'occurred_at', now() - interval '99 days'))).* FROM warehouse.purchase p WHERE id <= 20");
        Staging staging = new Staging(books.jdbc(), books.transaction(), true, 10);

        StagingWindow dying = staging.open(purchases, Books.LOOKBACK, null);
        long beforeCrash =
                staging.stage(books.run().runId(), dying, dying.slices().get(0));
        StagingWindow resumed = staging.open(purchases, Books.LOOKBACK, null);
        long afterCrash = resumed.slices().stream()
                .mapToLong(slice -> staging.stage(books.run().runId(), resumed, slice))
                .sum();

        assertThat(dying.slices()).hasSizeBetween(3, 5);
        assertThat(dying.slices().subList(0, dying.slices().size() - 1))
                .allSatisfy(slice -> assertThat(slice.to()).isNotNull());
        assertThat(beforeCrash).isBetween(5L, 16L);
        assertThat(resumed.isFirst()).isTrue();
        assertThat(beforeCrash + afterCrash).isEqualTo(40);
        assertThat(staged()).isEqualTo("40 rows, 399.60");
        assertThat(books.count("adjust_batch.left_out_total WHERE row_count = 20"))
                .isEqualTo(1);
    }

    @Test
    void resumesBehindTheSlicesThatAreDone() {
        for (int id = 1; id <= 40; id++) {
            books.purchase(id, "loaded_at", sql("now() - interval '%d days'".formatted(50 - id)));
        }
        Staging staging = new Staging(books.jdbc(), books.transaction(), true, 10);
        StagingWindow dying = staging.open(purchases, Books.LOOKBACK, null);
        staging.stage(books.run().runId(), dying, dying.slices().get(0));
        staging.stage(books.run().runId(), dying, dying.slices().get(1));

        StagingWindow resumed = staging.open(purchases, Books.LOOKBACK, null);

        assertThat(resumed.opensAt())
                .isEqualTo(Objects.requireNonNull(dying.slices().get(1).to()).minus(Books.LOOKBACK));
        assertThat(resumed.slices()).hasSizeLessThan(dying.slices().size());
    }

    @ParameterizedTest(name = "{0} {1} and {2} {3}: one lane {4}")
    @CsvSource(textBlock = """
            gps_adid   , ABC-1, gps_adid, abc-1      , true
            gps_adid   , abc-1, gps_adid, '  abc-1\t', true
            gps_adid   , abc-1, gps_adid, abc-2      , false
            gps_adid   , abc-1, idfa    , abc-1      , false
            event_token, evt1 , event_token, evt2    , false
            app_token  , app1 , app_token, app2      , false
            environment, production, environment, sandbox, false
            revenue    , 1    , revenue , 2          , true
            """)
    void putsPurchasesOfOneDeviceAndEventTokenIntoOneLane(
            String column, String value, String otherColumn, String otherValue, boolean oneLane) {
        books.purchase(1, column, value);
        books.purchase(2, otherColumn, otherValue);
        if (otherColumn.equals("idfa")) {
            books.execute("UPDATE warehouse.purchase SET gps_adid = NULL WHERE id = 2");
        }

        books.stage(purchases);

        assertThat(books.count("(SELECT DISTINCT lane FROM adjust_batch.delivery WHERE lane IS NOT NULL) l"))
                .isEqualTo(oneLane ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "00000000-0000-0000-0000-000000000000"})
    void putsRowsWithoutADeviceIntoNoLane(String device) {
        books.purchase(300, "gps_adid", device);

        books.stage(purchases);

        assertThat(books.count("adjust_batch.delivery WHERE lane IS NULL AND bucket = (300 & 255)"))
                .isEqualTo(1);
    }

    @Test
    void spreadsLanesOverTheBuckets() {
        books.execute("""
                INSERT INTO warehouse.purchase (id, app_token, environment, occurred_at, event_token, gps_adid)
                SELECT i, 'app1', 'production', now(), 'evt1', 'device-' || i FROM generate_series(1, 2000) i""");

        books.stage(purchases);

        assertThat(books.count("adjust_batch.delivery WHERE bucket <> lane & 255"))
                .isZero();
        assertThat(books.count("(SELECT DISTINCT bucket FROM adjust_batch.delivery) b"))
                .isGreaterThan(240);
    }

    @Test
    void takesOneOfTwoRowsOfAnIdAndCountsOne() {
        books.purchase(1);
        books.execute(
                "CREATE VIEW extra.twice AS SELECT * FROM warehouse.purchase UNION ALL SELECT * FROM warehouse.purchase");

        assertThat(books.stage(books.relation(PURCHASE, "extra.twice"))).isEqualTo(1);
        assertThat(staged()).isEqualTo("1 rows, 9.99");
    }

    @Test
    void takesFromAViewWithTheRequiredColumnsAlone() {
        books.purchase(1);
        books.execute("CREATE VIEW extra.narrow AS SELECT id::int, app_token, environment, occurred_at, loaded_at,"
                + " event_token, revenue, currency, gps_adid FROM warehouse.purchase");

        assertThat(books.stage(books.relation(PURCHASE, "extra.narrow"))).isEqualTo(1);
        assertThat(staged()).isEqualTo("1 rows, 9.99");
    }

    @Test
    void passesOverRowsWithoutAnId() {
        books.purchase(1);
        books.execute("CREATE VIEW extra.nameless AS SELECT nullif(id, 1) AS id, app_token, environment, occurred_at,"
                + " loaded_at, event_token, revenue, currency, gps_adid FROM warehouse.purchase");

        assertThat(books.stage(books.relation(PURCHASE, "extra.nameless"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction_id", "app_token", "event_token", "environment", "currency", "gps_adid"})
    void takesTextsOfAnyLength(String column) {
        books.purchase(1, column, "x".repeat(10_000));
        // Compression must not be what makes it fit.
        books.purchase(2, column, sql("(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400) i)"));

        assertThat(books.stage(purchases)).isEqualTo(2);
    }

    @Test
    void recordsRowsTotalsAndMarkTogetherOrNothing() {
        books.purchase(1);
        books.execute("CREATE FUNCTION extra.fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''broken''; END'");
        books.execute("CREATE TRIGGER broken BEFORE UPDATE ON adjust_batch.staging_mark EXECUTE FUNCTION extra.fail()");

        assertThatThrownBy(() -> books.stage(purchases)).hasMessageContaining("broken");

        assertThat(books.count("adjust_batch.delivery")).isZero();
        assertThat(books.count("adjust_batch.staged_total")).isZero();
    }

    @Test
    void keepsAMarkForEachRelation() {
        books.purchase(1);
        books.stage(purchases);
        books.execute("CREATE TABLE extra.other AS SELECT * FROM warehouse.purchase");
        books.execute("UPDATE extra.other SET id = 2, loaded_at = now() - interval '30 days'");

        assertThat(books.stage(books.relation(PURCHASE, "extra.other"))).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} rows known, {1} new: {2}")
    @CsvSource(textBlock = """
            0        , 499   , 0
            0        , 500   , 1
            5_000    , 499   , 0
            50_000   , 4_999 , 0
            50_000   , 5_000 , 1
            9_000_000, 9_999 , 0
            9_000_000, 10_000, 1
            """)
    void refreshesStatisticsOnlyAfterMuchWasStaged(String known, String staged, long refreshed) {
        Staging staging = new Staging(books.jdbc(), books.transaction(), true);
        books.execute(
                "UPDATE pg_class SET reltuples = ? WHERE oid = 'adjust_batch.delivery_purchase'::regclass",
                number(known));
        long before = statistics();

        staging.analyze(purchases, number(staged));

        assertThat(statistics()).isEqualTo(before + refreshed);
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace("_", ""));
    }

    private long statistics() {
        return books.jdbc()
                .sql("SELECT analyze_count FROM pg_stat_user_tables, LATERAL pg_stat_clear_snapshot()"
                        + " WHERE relid = 'adjust_batch.delivery_purchase'::regclass")
                .query(Long.class)
                .single();
    }

    private String staged() {
        return books.jdbc()
                .sql("SELECT sum(row_count) || ' rows, ' || sum(revenue) FROM adjust_batch.staged_total")
                .query(String.class)
                .single();
    }
}
