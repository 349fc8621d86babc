package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A change to one cent, one state or one row anywhere is found and named. */
class ReconcileIntegrationTests {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final Prompt prompt = new Prompt(database);
    private final Path directory;

    ReconcileIntegrationTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void aNightOfThreePurchases() throws IOException {
        Instant yesterday = Instant.now().minusSeconds(86_400);
        Path rows = Files.writeString(directory.resolve("rows.csv"), """
                id,app_token,environment,occurred_at,loaded_at,event_token,revenue,currency,gps_adid
                1,kq3x8v2m5nlc,production,%1$s,%2$s,p4yone,9.99,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ab
                2,kq3x8v2m5nlc,production,%1$s,%2$s,p4yone,5.00,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ac
                3,kq3x8v2m5nlc,production,%1$s,%2$s,p4yone,-1,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ad
                """.formatted(yesterday, yesterday));
        prompt.run("load", rows.toString(), "--kind", "purchase");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).isZero();
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void agreesAfterANight() {
        assertThat(prompt.run("reconcile")).isZero();
        assertThat(prompt.out())
                .containsPattern("purchase +3 +3 +2 +2 +0 +13\\.99 EUR +13\\.99 EUR")
                .contains("All agrees: staging, ledger, journal and warehouse.");
        assertThat(prompt.run("reconcile", "--json")).isZero();
        assertThat(prompt.out()).contains("\"balanced\" : true", "\"differences\" : 0", "\"EUR\" : \"13.99\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE adjust_batch.delivery SET revenue = 9.98 WHERE row_id = 1              | 9.98
            UPDATE adjust_batch.delivery SET state = 'REJECTED' WHERE row_id = 2          | purchase row 2 is REJECTED
            UPDATE adjust_batch.delivery SET state = 'SENT', attempts = 1, last_attempt_at = now() WHERE row_id = 3 | purchase row 3 is SENT
            DELETE FROM adjust_batch.delivery WHERE row_id = 3                            | purchase row 3 is not in the ledger
            DELETE FROM adjust_batch.delivery_journal WHERE row_id = 1                    | purchase row 1 is SENT
            UPDATE adjust_batch.delivery_journal SET state = 'SENT' WHERE row_id = 3      | purchase row 3 is INVALID
            UPDATE adjust_batch.staged_total SET revenue = revenue + 0.01                 | were staged
            UPDATE warehouse.purchase SET revenue = 9.98 WHERE id = 1                     | purchase:1 has changed since it was sent: revenue was 9.99, is 9.98
            UPDATE warehouse.purchase SET currency = NULL WHERE id = 2                    | currency was EUR, is none
            UPDATE warehouse.purchase SET occurred_at = '2026-01-02Z' WHERE id = 1        | is 2026-01-02T00:00:00.000000Z
            UPDATE warehouse.purchase SET event_token = 'abc123' WHERE id = 1             | event_token was p4yone, is abc123
            UPDATE warehouse.purchase SET event_token = concat('a', chr(27), '[2K') WHERE id = 1 | event_token was p4yone, is a\uFFFD[2K
            DELETE FROM warehouse.purchase WHERE id = 2                                   | purchase:2 is in the ledger, and no longer in the warehouse
            """)
    void namesWhateverWasChanged(String change, String named) {
        assertThat(jdbc.sql(change).update()).isPositive();

        assertThat(prompt.run("reconcile")).isEqualTo(7);
        assertThat(prompt.out()).contains(named, "What next:").doesNotContain("All agrees");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE adjust_batch.delivery SET revenue = -2 WHERE row_id = 125              | purchase:125 is not what it was when it was staged: revenue was -2, is -1
            UPDATE adjust_batch.delivery SET currency = 'USD' WHERE row_id = 125          | purchase:125 is not what it was when it was staged: currency was USD, is EUR
            DELETE FROM adjust_batch.delivery WHERE row_id = 125                          | purchase:125 is not in the ledger, though it was loaded
            UPDATE warehouse.purchase SET loaded_at = 'infinity' WHERE id = 125; DELETE FROM adjust_batch.delivery WHERE row_id = 125 | purchase:125 is not in the ledger, and nothing says when
            """)
    void namesTheRowAtFaultAmongManyThatWereNeverSent(String change, String named) {
        jdbc.sql("""
                        INSERT INTO warehouse.purchase
                            (id, app_token, environment, occurred_at, loaded_at, event_token, revenue, currency, gps_adid)
                        SELECT 100 + n, app_token, environment, occurred_at, loaded_at, event_token, -1, 'EUR', gps_adid
                        FROM warehouse.purchase, generate_series(1, 30) n WHERE id = 1""").update();
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            night(sandbox);
        }
        jdbc.sql("DELETE FROM adjust_batch.delivery_journal WHERE row_id = 125").update();
        jdbc.sql(change).update();

        assertThat(prompt.run("reconcile")).isEqualTo(7);
        assertThat(prompt.out())
                .contains(named, "somebody changed the ledger by hand")
                .doesNotContain("purchase:124", "--warehouse.lookback", "--accept");
    }

    @Test
    void listsAsManyAsAskedForAndCountsAll() {
        jdbc.sql("UPDATE warehouse.purchase SET revenue = revenue + 0.01").update();
        jdbc.sql("DELETE FROM adjust_batch.delivery_journal").update();

        assertThat(prompt.run("reconcile", "--limit", "1")).isEqualTo(7);
        assertThat(prompt.out())
                .contains(
                        "The books do not balance, 3 differences:",
                        "purchase row 1 ",
                        "purchase row 3 ",
                        "  and 1 more")
                .contains("Warehouse and ledger differ, 2 differences:", "purchase:1 ")
                .doesNotContain("purchase row 2 ", "purchase:2 ");
        assertThat(prompt.run("reconcile", "--limit", "0")).isEqualTo(2);
    }

    @Test
    void tellsMachinesOfEachDifference() {
        jdbc.sql("UPDATE adjust_batch.delivery SET revenue = 0.0000001 WHERE row_id = 1")
                .update();
        jdbc.sql("UPDATE adjust_batch.delivery_journal SET state = 'SENT' WHERE row_id = 3")
                .update();
        jdbc.sql("UPDATE adjust_batch.delivery SET state = 'REJECTED' WHERE row_id = 2")
                .update();

        assertThat(prompt.run("reconcile", "--json")).isEqualTo(7);
        JsonNode found = JsonMapper.shared().readTree(prompt.out());
        assertThat(found.get("imbalances").asLong()).isEqualTo(3);
        assertThat(found.get("listed_imbalances").valueStream())
                .extracting(each -> each.get("sort").asString())
                .containsExactly("totals", "answers", "answers");
        JsonNode totals = found.get("listed_imbalances").get(0);
        assertThat(totals.get("staged_revenue").asString()).isEqualTo("13.99");
        assertThat(totals.get("ledger_revenue").asString()).isEqualTo("4.0000001");
        assertThat(found.get("listed_differences").get(0).get("finding").asString())
                .contains("revenue was 0.0000001, is 9.99");
    }

    @Test
    void tellsAnImbalanceThoughTheWarehouseCannotBeRead() {
        jdbc.sql("UPDATE adjust_batch.delivery SET revenue = 9.98 WHERE row_id = 1")
                .update();
        jdbc.sql("ALTER TABLE warehouse.purchase DROP COLUMN environment").update();

        assertThat(prompt.run("reconcile")).isEqualTo(7);
        assertThat(prompt.out()).contains("13.99 EUR", "13.98 EUR", "The books do not balance");
        assertThat(prompt.err()).contains("the warehouse could not be compared", "environment");

        assertThat(prompt.run("reconcile", "--json")).isEqualTo(7);
        assertThat(JsonMapper.shared().readTree(prompt.out()).get("differences").isNull())
                .isTrue();
    }

    @Test
    void findsARunUnbalancedThoughItsWarehouseCouldNotBeCompared() {
        jdbc.sql("UPDATE adjust_batch.delivery SET revenue = 9.98 WHERE row_id = 1")
                .update();
        jdbc.sql("ALTER TABLE adjust_batch.accepted_difference RENAME TO gone").update();

        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).isEqualTo(7);
        }
        assertThat(prompt.out()).contains("the books do not balance", "the books could not be checked");
    }

    @Test
    void findsARowThatWasCommittedTooLateAndTheRunSaysSo() {
        late(10, "3 days");

        assertThat(prompt.run("reconcile")).isEqualTo(7);
        assertThat(prompt.out()).contains("purchase:10 is not in the ledger", "warehouse.lookback");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).isEqualTo(7);
        }
        assertThat(prompt.out())
                .contains(
                        "rows of the warehouse missing from the ledger: 1, the first: purchase:10",
                        "reconcile names them");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox, "--warehouse.lookback=30d")).isZero();
        }
        assertThat(prompt.run("reconcile")).isZero();
    }

    @Test
    void sendsToExplainForHowFarARunMustLookBack() {
        late(10, "45 days");

        assertThat(prompt.run("reconcile")).isEqualTo(7);
        assertThat(prompt.out())
                .contains("adjust-batch.jar explain purchase 10%n".formatted())
                .doesNotContain("30d");
        prompt.run("explain", "purchase", "10");
        String lookback = prompt.err().replaceFirst("(?s).* run (--warehouse.lookback=\\d+d).*", "$1");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox, lookback)).as(lookback).isZero();
        }
        assertThat(prompt.run("reconcile")).as(prompt.out()).isZero();
    }

    @Test
    void leavesToTheNextRunWhatIsStillInTheWindow() {
        late(10, "1 hour");

        assertThat(prompt.run("reconcile")).isZero();
    }

    @Test
    void findsIdsThatOccurTwice() {
        jdbc.sql(
                        "CREATE VIEW public.twice AS SELECT * FROM warehouse.purchase UNION ALL SELECT * FROM warehouse.purchase"
                                + " WHERE id = 2")
                .update();

        assertThat(prompt.run("reconcile", "--warehouse.purchase.relation=public.twice"))
                .isEqualTo(7);
        assertThat(prompt.out()).contains("purchase:2 occurs 2 times in the warehouse");
    }

    @Test
    void takesARowThatWasNeverSentAsTheWarehouseHasIt() {
        jdbc.sql("UPDATE warehouse.purchase SET revenue = 1 WHERE id = 3").update();

        assertThat(prompt.run("reconcile")).isZero();
    }

    @Test
    void showsDriftInARunAndFailsItNot() {
        jdbc.sql("UPDATE warehouse.purchase SET revenue = 9.98 WHERE id = 1").update();

        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).isZero();
        }
        assertThat(prompt.out()).contains("Warehouse and ledger disagree on 1 row of kind purchase", "reconcile");
    }

    @Test
    void countsAnAcceptedDifferenceAgainWhenItBecomesAnother() {
        jdbc.sql("UPDATE warehouse.purchase SET revenue = 9.98 WHERE id = 1").update();

        assertThat(prompt.run("reconcile", "--accept", "purchase:2", "--because", "so"))
                .isEqualTo(2);
        assertThat(prompt.run("reconcile", "--accept", "purchase:1")).isEqualTo(2);
        assertThat(prompt.run("reconcile", "--accept", "purchase:1", "--because", "ticket 17"))
                .isZero();
        assertThat(prompt.run("reconcile")).isZero();
        assertThat(prompt.out()).contains("is 9.98 (accepted: ticket 17)", "All agrees");

        jdbc.sql("UPDATE warehouse.purchase SET revenue = 9.97 WHERE id = 1").update();
        assertThat(prompt.run("reconcile")).isEqualTo(7);
    }

    @Test
    void acceptsSeveralRowsOrNone() {
        jdbc.sql("UPDATE warehouse.purchase SET revenue = 9.98 WHERE id < 3").update();

        assertThat(prompt.run(
                        "reconcile",
                        "--accept",
                        "purchase:1",
                        "--accept",
                        "purchase:3",
                        "--because",
                        "a price list was wrong"))
                .isEqualTo(2);
        assertThat(prompt.err()).contains("purchase:3 does not differ").doesNotContain("purchase:1");
        assertThat(prompt.run("reconcile", "--limit", "10")).isEqualTo(7);
        assertThat(prompt.out()).contains("2 differences");
        assertThat(prompt.run(
                        "reconcile",
                        "--accept",
                        "purchase:1",
                        "--accept",
                        "purchase:2",
                        "--because",
                        "a price list was wrong"))
                .isZero();
        assertThat(prompt.run("reconcile")).isZero();
    }

    @Test
    void acceptsADifferenceThatIsLongerThanAnIndexTakes() {
        jdbc.sql("UPDATE warehouse.purchase SET transaction_id = :id WHERE id = 1")
                .param("id", longText())
                .update();

        assertThat(prompt.run("reconcile", "--accept", "purchase:1", "--because", "ticket 17"))
                .isZero();
        assertThat(prompt.run("reconcile")).isZero();
        assertThat(prompt.run("reconcile", "--accept", "purchase:1", "--because", "ticket 17"))
                .isEqualTo(2);
    }

    /** Of a kind that PostgreSQL cannot compress to a size that an index takes. */
    private static String longText() {
        Random random = new Random(1);
        return random.ints(20_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void looksAtTheDaysAskedFor() {
        jdbc.sql("UPDATE warehouse.purchase SET revenue = 9.98 WHERE id = 1").update();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        assertThat(prompt.run("reconcile", "--to", today.minusDays(2).toString()))
                .isZero();
        assertThat(prompt.run("reconcile", "--from", today.minusDays(1).toString()))
                .isEqualTo(7);
        assertThat(prompt.run("reconcile", "--from", today.toString(), "--to", "2020-01-01"))
                .isEqualTo(2);
    }

    private void late(long id, String age) {
        jdbc.sql("""
                        INSERT INTO warehouse.purchase
                            (id, app_token, environment, occurred_at, loaded_at, event_token, revenue, currency, gps_adid)
                        SELECT :id, app_token, environment, occurred_at, now() - :age::interval, event_token, 3, 'EUR', gps_adid
                        FROM warehouse.purchase WHERE id = 1""").param("id", id).param("age", age).update();
    }

    private int night(Sandbox sandbox, String... settings) {
        return prompt.night(sandbox, directory, settings);
    }
}
